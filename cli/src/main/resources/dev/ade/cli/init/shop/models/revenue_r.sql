-- A report: a plain table.
{{ config(materialized='table') }}
select c.city, count(distinct r.customer_key) as customers, sum(r.orders) as orders, sum(r.revenue) as revenue
from shop.revenue_day_d as r
join shop.customer_d as c on c.customer_key = r.customer_key
group by all
