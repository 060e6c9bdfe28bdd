-- Three flights of the source are; it is worth a warning, not a stop.
{{ config(severity='warn') }}
select *
from flights.flight_f
where delay_minutes < -120
