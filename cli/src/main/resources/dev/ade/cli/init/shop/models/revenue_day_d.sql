-- One row a customer a day.
{{ config(materialized='day', event_time='day', entity='customer_key') }}
select
    customer_key,
    cast(ordered_at as date) as day,
    count(*) as orders,
    sum(amount) filter (where status = 'paid') as revenue
from shop.order_f
group by all
