with paid as (
  select order_id
  {% for method in var('methods') %}, sum(case when method = '{{ method }}' then amount else 0 end) as {{ method }}_amount
  {% endfor %}
  , sum(amount) as total
  from {{ ref('stg_payments') }} group by 1
)
select o.*, {% for method in var('methods') %} p.{{ method }}_amount, {% endfor %} p.total
from {{ ref('stg_orders') }} o left join paid p on p.order_id = o.order_id
