{{ config(materialized='fact', event_time='paid_at', grain='day') }}
select
    payment_id,
    order_id,
    paid_at,
    method,
    amount
from shop.payments
