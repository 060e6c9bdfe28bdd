select o.order_id
from shop.orders o
where contains(cast(o.gift_for as varchar), '@')
union all
select cast(c.customer_id as varchar)
from shop.customers c
where contains(cast(c.email as varchar), '@')
