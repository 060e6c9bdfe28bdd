{{ config(materialized='dimension', natural_key='iata') }}
select
    iata,
    name,
    city,
    state,
    country,
    latitude,
    longitude
from flights.airports
