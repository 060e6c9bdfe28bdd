-- Stops the publication of payment_f, and of what is made from it, when more is paid for an order than it costs.
select p.order_id, sum(p.amount) as paid, any_value(o.amount) as costs
from shop.payment_f p
join shop.order_f o using (order_id)
group by p.order_id
having sum(p.amount) > any_value(o.amount)
