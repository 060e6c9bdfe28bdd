{{ config(materialized='view') }}
select
    f.departed_at,
    o.name as origin_name,
    d.name as destination_name,
    f.delay_minutes
from flights.flight_f f
join flights.airport_d o on o.airport_key = f.origin_key
join flights.airport_d d on d.airport_key = f.destination_key
where f.delay_minutes >= 180
