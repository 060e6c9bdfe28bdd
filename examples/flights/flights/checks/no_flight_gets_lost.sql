-- Every flight of the source is in the fact, and every flight of the fact is in one day of its airport.
select source.flights, fact.flights, days.flights
from (select count(*) as flights from flights.flights) source,
    (select count(*) as flights from flights.flight_f) fact,
    (select sum(flights) as flights from flights.airport_day_d) days
where source.flights <> fact.flights or fact.flights <> days.flights
