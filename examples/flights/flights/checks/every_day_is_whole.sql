-- One day is not: the sample ends with six flights just after midnight of 1 July.
{{ config(severity='warn') }}
select day, sum(flights) as flights
from flights.airport_day_d
group by day
having sum(flights) < 10000
