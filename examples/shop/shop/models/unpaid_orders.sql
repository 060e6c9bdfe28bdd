{{ config(materialized='view') }}
select o.*
from shop.order_f o
anti join shop.payment_f p using (order_id)
