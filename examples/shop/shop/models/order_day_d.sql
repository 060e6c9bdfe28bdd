-- One row a customer and day.
{{ config(materialized='day', event_time='day', entity='customer_key') }}
select
    customer_key,
    cast(ordered_at as date) as day,
    count(*) as orders,
    sum(amount) as amount
from shop.order_f
group by all
