-- The flights are of 2001, the weather is of 2012 to 2015: each week of 2001 meets the usual weather of that week.
{{ config(materialized='table') }}
with usual as (
    select
        weekofyear(date) as week,
        round(avg(precipitation), 1) as usual_precipitation,
        round(avg(wind), 1) as usual_wind,
        round(100.0 * count(*) filter (where weather in ('rain', 'drizzle', 'snow')) / count(*), 0) as wet_days_percent
    from flights.weather
    group by all
),

seattle as (
    select
        weekofyear(day) as week,
        cast(sum(flights) as bigint) as flights,
        round(sum(delay_minutes) / sum(flights), 1) as mean_delay_minutes,
        round(100.0 * sum(late_flights) / sum(flights), 1) as late_percent
    from flights.airport_day_d
    where iata = 'SEA'
    group by all
)

select *
from seattle
join usual using (week)
