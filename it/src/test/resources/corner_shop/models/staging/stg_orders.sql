select id as order_id, customer as customer_id, ordered_on, state from {{ ref('raw_orders') }}
