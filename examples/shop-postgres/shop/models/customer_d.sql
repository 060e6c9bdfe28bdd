-- With history: when a customer moves, the old row is closed and a new one opened.
{{ config(materialized='dimension', natural_key='customer_id', history='scd2') }}
select
    customer_id,
    city,
    postcode as postcode_area,
    year(birth_date) as birth_year,
    monthly_income as income_from,
    newsletter
from shop.customers
