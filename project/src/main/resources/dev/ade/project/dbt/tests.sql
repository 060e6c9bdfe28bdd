{# dbt's generic tests as queries: what is wrong of each. Tests of datasets are ADE's own, these are called by others. #}

{% macro test_not_null(model, column_name) %}{{ return(adapter.dispatch('test_not_null', 'dbt')(model, column_name)) }}{% endmacro %}
{% macro default__test_not_null(model, column_name) %}select * from {{ model }} where {{ column_name }} is null{% endmacro %}

{% macro test_unique(model, column_name) %}{{ return(adapter.dispatch('test_unique', 'dbt')(model, column_name)) }}{% endmacro %}
{% macro default__test_unique(model, column_name) -%}
select {{ column_name }} as unique_field, count(*) as n_records from {{ model }}
where {{ column_name }} is not null group by all having count(*) > 1
{%- endmacro %}

{% macro test_accepted_values(model, column_name, values, quote=true) %}{{ return(adapter.dispatch('test_accepted_values', 'dbt')(model, column_name, values, quote)) }}{% endmacro %}
{% macro default__test_accepted_values(model, column_name, values, quote=true) -%}
select {{ column_name }} as value_field, count(*) as n_records from {{ model }}
where {{ column_name }} not in (
{%- for value in values %}{{ "'" ~ (value | string | replace("'", "''")) ~ "'" if quote else value }}{{ ', ' if not loop.last }}{% endfor %}) group by all
{%- endmacro %}

{% macro test_relationships(model, column_name, to, field) %}{{ return(adapter.dispatch('test_relationships', 'dbt')(model, column_name, to, field)) }}{% endmacro %}
{% macro default__test_relationships(model, column_name, to, field) -%}
select child.* from (select {{ column_name }} as from_field from {{ model }}) as child
where child.from_field is not null
and not exists (select 1 from (select {{ field }} as to_field from {{ to }}) as parent where parent.to_field = child.from_field)
{%- endmacro %}
