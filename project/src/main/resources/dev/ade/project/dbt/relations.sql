{# What is stored: asked of the run's own view of it. #}

{% macro load_relation(relation) %}{{ return(adapter.load_relation(relation)) }}{% endmacro %}
{% macro load_cached_relation(relation) %}{{ return(adapter.load_relation(relation)) }}{% endmacro %}

{% macro get_columns_in_relation(relation) %}{{ return(adapter.get_columns_in_relation(relation)) }}{% endmacro %}

{% macro get_columns_in_query(select_sql) -%}
    {%- set names = [] -%}
    {%- for column in adapter.get_column_schema_from_query(select_sql) -%}{%- do names.append(column.name) -%}{%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{% macro get_column_schema_from_query(select_sql, select_sql_header=none) %}{{ return(adapter.get_column_schema_from_query(select_sql)) }}{% endmacro %}
{% macro get_empty_subquery_sql(select_sql, select_sql_header=none) %}select * from ({{ select_sql }}) as emptied where false limit 0{% endmacro %}

{% macro list_relations_without_caching(schema_relation) -%}
    {%- set found = adapter.list_relations_without_caching(schema_relation) -%}
    {{ return(found) }}
{%- endmacro %}

{% macro check_schema_exists(information_schema, schema) %}{{ return(adapter.check_schema_exists(none, schema)) }}{% endmacro %}
{% macro information_schema_name(database) %}information_schema{% endmacro %}
{% macro list_schemas(database) %}{{ return(adapter.list_schemas(database)) }}{% endmacro %}

{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') %}{{ return(api.Relation.create(schema=base_relation.schema, identifier=base_relation.identifier ~ suffix, type='table')) }}{% endmacro %}
{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') %}{{ return(make_temp_relation(base_relation, suffix)) }}{% endmacro %}
{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') %}{{ return(make_temp_relation(base_relation, suffix)) }}{% endmacro %}

{% macro should_full_refresh() %}{{ return(config.get('full_refresh') if config.get('full_refresh') is not none else flags.FULL_REFRESH) }}{% endmacro %}
{% macro should_store_failures() %}{{ return(config.get('store_failures') or false) }}{% endmacro %}

{# What packages find out by catalogs that only some databases have. #}

{% macro ade__get_relations_by_pattern(schema_pattern, table_pattern, exclude='', database=none) %}{{ return(adapter.get_relations_by_pattern(schema_pattern, table_pattern, exclude)) }}{% endmacro %}
{% macro ade__get_relations_by_prefix(schema, prefix, exclude='', database=none) %}{{ return(adapter.get_relations_by_pattern(schema, prefix ~ '%', exclude)) }}{% endmacro %}

{% macro ade__get_tables_by_pattern_sql(schema_pattern, table_pattern, exclude='', database=none) -%}
    {%- set found = adapter.get_relations_by_pattern(schema_pattern, table_pattern, exclude) -%}
    {%- if not found -%}
    select '' as table_schema, '' as table_name, '' as table_type where false
    {%- endif -%}
    {%- for relation in found %}
    select '{{ relation.schema }}' as table_schema, '{{ relation.identifier }}' as table_name, '{{ relation.type }}' as table_type
    {%- if not loop.last %} union all{% endif %}
    {%- endfor -%}
{%- endmacro %}

{% macro ade__get_tables_by_prefix_sql(schema, prefix, exclude='', database=none) %}{{ return(ade__get_tables_by_pattern_sql(schema, prefix ~ '%', exclude)) }}{% endmacro %}
