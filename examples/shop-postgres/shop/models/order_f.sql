-- Filled by days: a late order reopens its own day only.
{{ config(materialized='fact', event_time='ordered_at', grain='day') }}
select
    order_id,
    {{ surrogate_key('customer_id') }} as customer_key,
    ordered_at,
    channel,
    items,
    amount,
    gift_for is not null as is_gift
from shop.orders
