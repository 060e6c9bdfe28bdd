-- A fact: filled by days. A file that comes late reopens exactly the days it has rows for.
{{ config(materialized='fact', event_time='ordered_at', grain='day') }}
select order_id, {{ surrogate_key('customer_id') }} as customer_key, ordered_at, amount, status
from shop.orders
