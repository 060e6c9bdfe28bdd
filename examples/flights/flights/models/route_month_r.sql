{{ config(materialized='table') }}
select
    cast(date_trunc('month', f.departed_at) as date) as month,
    f.origin,
    o.city as origin_city,
    f.destination,
    d.city as destination_city,
    any_value(f.distance_miles) as distance_miles,
    count(*) as flights,
    round(avg(f.delay_minutes), 1) as mean_delay_minutes,
    round(100.0 * count(*) filter (where f.is_late) / count(*), 1) as late_percent
from flights.flight_f f
join flights.airport_d o on o.airport_key = f.origin_key
join flights.airport_d d on d.airport_key = f.destination_key
group by all
