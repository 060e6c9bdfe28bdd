{% snapshot orders_history %}
{{ config(target_schema='snapshots', unique_key='id', strategy='check', check_cols=['state']) }}
select * from {{ ref('raw_orders') }}
{% endsnapshot %}
