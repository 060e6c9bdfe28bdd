-- Who moved from where to where, from the log of changes.
{{ config(materialized='table') }}
select
    customer_id,
    lag(city) over (partition by customer_id order by _lsn, _number) as moved_from,
    city as moved_to,
    _committed_at as moved_at
from shop.customer_changes
where _op in ('snapshot', 'insert', 'update')
qualify moved_from <> moved_to
