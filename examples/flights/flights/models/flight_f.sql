-- One row a flight, filled by days: a file with flights of last week reopens last week only.
{{ config(materialized='fact', event_time='departed_at', grain='day') }}
select
    date as departed_at,
    {{ surrogate_key('origin') }} as origin_key,
    {{ surrogate_key('destination') }} as destination_key,
    origin,
    destination,
    delay as delay_minutes,
    delay >= {{ var('late_minutes', 15) }} as is_late,
    distance as distance_miles
from flights.flights
