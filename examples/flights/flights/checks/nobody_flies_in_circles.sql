select *
from flights.flight_f
where origin = destination
