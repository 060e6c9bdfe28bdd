select id as payment_id, order_id, method, {{ dollars('cents') }} as amount from {{ ref('raw_payments') }}
