-- One row an airport and day, filled by days from the days of flight_f that changed.
{{ config(materialized='day', event_time='day', entity='airport_key') }}
select
    cast(departed_at as date) as day,
    origin as iata,
    count(*) as flights,
    count(*) filter (where is_late) as late_flights,
    cast(sum(delay_minutes) as bigint) as delay_minutes,
    round(avg(delay_minutes), 1) as mean_delay_minutes,
    max(delay_minutes) as worst_delay_minutes,
    count(distinct destination) as destinations,
    cast(sum(distance_miles) as bigint) as distance_miles,
    origin_key as airport_key
from flights.flight_f
group by all
