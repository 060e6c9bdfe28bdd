-- A check of your own: the rows it gives are wrong.
select o.order_id, o.ordered_at, c.signed_up_at
from shop.order_f as o
join shop.customer_d as c on c.customer_key = o.customer_key
where o.ordered_at < c.signed_up_at
