{# Small things that templates of packages call. #}

{% macro noop_statement(name=none, message=none, code=none, rows_affected=none, res=none) %}{% endmacro %}

{% macro set_sql_header(config) %}{% do config.set('sql_header', caller()) %}{% endmacro %}

{% macro default__test_unique(model, column_name) -%}
    select {{ column_name }} as unique_field, count(*) as n_records
    from {{ model }} where {{ column_name }} is not null
    group by {{ column_name }} having count(*) > 1
{%- endmacro %}

{% macro default__test_not_null(model, column_name) -%}
    select {{ column_name }} from {{ model }} where {{ column_name }} is null
{%- endmacro %}

{% macro default__test_accepted_values(model, column_name, values, quote=True) -%}
    select {{ column_name }} as value_field, count(*) as n_records
    from {{ model }}
    where {{ column_name }} not in (
        {%- for value in values -%}{{ "'" ~ value ~ "'" if quote else value }}{{ ', ' if not loop.last }}{%- endfor -%}
    )
    group by {{ column_name }}
{%- endmacro %}

{% macro default__test_relationships(model, column_name, to, field) -%}
    select child.{{ column_name }} as from_field
    from {{ model }} as child left join {{ to }} as parent on child.{{ column_name }} = parent.{{ field }}
    where child.{{ column_name }} is not null and parent.{{ field }} is null
{%- endmacro %}

{% macro test_unique(model, column_name) %}{{ return(adapter.dispatch('test_unique', 'dbt')(model, column_name)) }}{% endmacro %}
{% macro test_not_null(model, column_name) %}{{ return(adapter.dispatch('test_not_null', 'dbt')(model, column_name)) }}{% endmacro %}
{% macro test_accepted_values(model, column_name, values, quote=True) %}{{ return(adapter.dispatch('test_accepted_values', 'dbt')(model, column_name, values, quote)) }}{% endmacro %}
{% macro test_relationships(model, column_name, to, field) %}{{ return(adapter.dispatch('test_relationships', 'dbt')(model, column_name, to, field)) }}{% endmacro %}
