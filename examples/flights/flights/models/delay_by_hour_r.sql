{{ config(materialized='table') }}
select
    hour(departed_at) as hour,
    count(*) as flights,
    round(avg(delay_minutes), 1) as mean_delay_minutes,
    quantile_cont(delay_minutes, 0.5) as median_delay_minutes,
    quantile_cont(delay_minutes, 0.9) as p90_delay_minutes,
    round(100.0 * count(*) filter (where is_late) / count(*), 1) as late_percent
from flights.flight_f
group by all
