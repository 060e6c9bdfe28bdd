{{ config(materialized='table') }}
with paid as (
    select order_id, sum(amount) as amount
    from shop.payment_f
    group by all
)

select
    cast(date_trunc('month', o.ordered_at) as date) as month,
    c.city,
    count(*) as orders,
    sum(o.amount) as ordered,
    coalesce(sum(p.amount), 0) as paid
from shop.order_f o
left join shop.customer_d c on c.customer_key = o.customer_key and c.is_current
left join paid p using (order_id)
group by all
