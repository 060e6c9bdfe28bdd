{# What materializations of projects and packages call, and the three that they may go back to. They work in a scratch, so there are no rights, indexes, comments or transactions to keep. #}

{% macro create_schema(relation) %}{% do adapter.create_schema(relation) %}{% endmacro %}
{% macro drop_schema(relation) %}{% do adapter.drop_schema(relation) %}{% endmacro %}
{% macro drop_relation(relation) %}{% do adapter.drop_relation(relation) %}{% endmacro %}
{% macro drop_relation_if_exists(relation) %}{% if relation is not none %}{% do adapter.drop_relation(relation) %}{% endif %}{% endmacro %}
{% macro rename_relation(from_relation, to_relation) %}{% do adapter.rename_relation(from_relation, to_relation) %}{% endmacro %}
{% macro truncate_relation(relation) %}{% do adapter.truncate_relation(relation) %}{% endmacro %}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') %}{{ return(adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code, language)) }}{% endmacro %}
{% macro default__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {{ config.get('sql_header') or '' }}
    create or replace table {{ relation }} as (
    {{ compiled_code }}
    )
{%- endmacro %}
{% macro get_create_table_as_sql(temporary, relation, sql) %}{{ return(adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql)) }}{% endmacro %}
{% macro default__get_create_table_as_sql(temporary, relation, sql) %}{{ return(create_table_as(temporary, relation, sql)) }}{% endmacro %}
{% macro get_replace_table_sql(relation, sql) %}{{ return(create_table_as(false, relation, sql)) }}{% endmacro %}

{% macro create_view_as(relation, sql) %}{{ return(adapter.dispatch('create_view_as', 'dbt')(relation, sql)) }}{% endmacro %}
{% macro default__create_view_as(relation, sql) -%}
    {{ config.get('sql_header') or '' }}
    create or replace view {{ relation }} as (
    {{ sql }}
    )
{%- endmacro %}
{% macro get_create_view_as_sql(relation, sql) %}{{ return(adapter.dispatch('get_create_view_as_sql', 'dbt')(relation, sql)) }}{% endmacro %}
{% macro default__get_create_view_as_sql(relation, sql) %}{{ return(create_view_as(relation, sql)) }}{% endmacro %}
{% macro get_replace_view_sql(relation, sql) %}{{ return(create_view_as(relation, sql)) }}{% endmacro %}
{% macro get_create_sql(relation, sql) %}{{ return(create_view_as(relation, sql) if relation.is_view else create_table_as(false, relation, sql)) }}{% endmacro %}

{% macro get_drop_sql(relation) %}drop {{ 'view' if relation.is_view else 'table' }} if exists {{ relation }} cascade{% endmacro %}
{% macro drop_table(relation) %}drop table if exists {{ relation }} cascade{% endmacro %}
{% macro drop_view(relation) %}drop view if exists {{ relation }} cascade{% endmacro %}
{% macro get_rename_sql(relation, new_name) %}alter {{ 'view' if relation.is_view else 'table' }} {{ relation }} rename to {{ adapter.quote(new_name) }}{% endmacro %}
{% macro get_truncate_sql(relation) %}truncate table {{ relation }}{% endmacro %}

{% macro run_hooks(hooks, inside_transaction=True) -%}
    {%- for hook in hooks if hook.get('transaction', True) == inside_transaction -%}
        {%- set rendered = render(hook.get('sql')) | trim -%}
        {%- if rendered | length > 0 -%}{%- call statement(auto_begin=inside_transaction) %}{{ rendered }}{% endcall -%}{%- endif -%}
    {%- endfor -%}
{%- endmacro %}
{% macro make_hook_config(sql, inside_transaction) %}{{ return({'sql': sql, 'transaction': inside_transaction}) }}{% endmacro %}
{% macro before_begin(sql) %}{{ return(make_hook_config(sql, false)) }}{% endmacro %}
{% macro in_transaction(sql) %}{{ return(make_hook_config(sql, true)) }}{% endmacro %}
{% macro after_commit(sql) %}{{ return(make_hook_config(sql, false)) }}{% endmacro %}

{% macro create_indexes(relation) %}{% endmacro %}
{% macro get_create_index_sql(relation, index_dict) %}{% endmacro %}
{% macro apply_grants(relation, grant_config, should_revoke=True) %}{% endmacro %}
{% macro should_revoke(existing_relation, full_refresh_mode=True) %}{{ return(false) }}{% endmacro %}
{% macro persist_docs(relation, model, for_relation=true, for_columns=true) %}{% endmacro %}
{% macro get_assert_columns_equivalent(sql) %}{% endmacro %}
{% macro get_table_columns_and_constraints() %}{% endmacro %}

{% macro handle_existing_table(full_refresh, old_relation) %}{% do adapter.drop_relation(old_relation) %}{% endmacro %}
{% macro create_or_replace_view() -%}
    {%- do drop_relation_if_exists(load_relation(this)) -%}
    {%- do run_hooks(pre_hooks) -%}
    {%- call statement('main') %}{{ get_create_view_as_sql(this, sql) }}{% endcall -%}
    {%- do run_hooks(post_hooks) -%}
    {{ return({'relations': [this.incorporate(type='view')]}) }}
{%- endmacro %}

{% materialization table, default -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
    {%- do drop_relation_if_exists(load_relation(this)) -%}
    {%- call statement('main') %}{{ get_create_table_as_sql(False, target_relation, sql) }}{% endcall -%}
    {%- do run_hooks(post_hooks, inside_transaction=True) -%}
    {%- do run_hooks(post_hooks, inside_transaction=False) -%}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}

{% materialization view, default -%}
    {{ return(create_or_replace_view()) }}
{%- endmaterialization %}
