-- A dimension: rebuilt whole, with a surrogate key that follows from the natural one.
{{ config(materialized='dimension', natural_key='customer_id') }}
select customer_id, email, birth_date, city, signed_up_at
from shop.customers
