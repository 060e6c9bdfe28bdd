{{ config(materialized='fact', event_time='opened_at', grain='day') }}
select
    ticket_id,
    {{ surrogate_key('customer_id') }} as customer_key,
    opened_at,
    topic,
    device.system as system,
    list_contains(labels, 'urgent') as is_urgent,
    list_min(answered_after) as first_answer_minutes
from shop.tickets
