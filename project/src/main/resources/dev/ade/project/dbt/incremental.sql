{# Ways to build incrementally, as projects' own macros call and replace them. #}

{% materialization incremental, default -%}
    {%- set existing = load_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set temp_relation = make_temp_relation(target_relation) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=False) -%}
    {%- do run_hooks(pre_hooks, inside_transaction=True) -%}
    {%- if existing is none or existing.is_view or should_full_refresh() -%}
        {%- do drop_relation_if_exists(existing) -%}
        {%- call statement('main') %}{{ get_create_table_as_sql(False, target_relation, sql) }}{% endcall -%}
    {%- else -%}
        {%- do run_query(get_create_table_as_sql(True, temp_relation, sql)) -%}
        {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
        {%- set dest_columns = process_schema_changes(on_schema_change, temp_relation, existing) -%}
        {%- if not dest_columns -%}{%- set dest_columns = adapter.get_columns_in_relation(existing) -%}{%- endif -%}
        {%- set macro = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
        {%- set arguments = {
            'target_relation': target_relation,
            'temp_relation': temp_relation,
            'unique_key': config.get('unique_key'),
            'dest_columns': dest_columns,
            'incremental_predicates': config.get('predicates') or config.get('incremental_predicates')} -%}
        {%- call statement('main') %}{{ macro(arguments) }}{% endcall -%}
        {%- do adapter.drop_relation(temp_relation) -%}
    {%- endif -%}
    {%- do run_hooks(post_hooks, inside_transaction=True) -%}
    {%- do run_hooks(post_hooks, inside_transaction=False) -%}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}

{% macro get_incremental_append_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_append_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_append_sql(arg_dict) %}{{ return(get_insert_into_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns'])) }}{% endmacro %}

{% macro get_incremental_delete_insert_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_delete_insert_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_delete_insert_sql(arg_dict) %}{{ return(get_delete_insert_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates'])) }}{% endmacro %}

{% macro get_incremental_merge_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_merge_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_merge_sql(arg_dict) %}{{ return(get_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['unique_key'], arg_dict['dest_columns'], arg_dict['incremental_predicates'])) }}{% endmacro %}

{% macro get_incremental_insert_overwrite_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_insert_overwrite_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_insert_overwrite_sql(arg_dict) %}{{ return(get_insert_overwrite_merge_sql(arg_dict['target_relation'], arg_dict['temp_relation'], arg_dict['dest_columns'], arg_dict['incremental_predicates'])) }}{% endmacro %}

{% macro get_incremental_default_sql(arg_dict) %}{{ return(adapter.dispatch('get_incremental_default_sql', 'dbt')(arg_dict)) }}{% endmacro %}
{% macro default__get_incremental_default_sql(arg_dict) -%}
    {{ return(get_incremental_delete_insert_sql(arg_dict) if arg_dict['unique_key'] else get_incremental_append_sql(arg_dict)) }}
{%- endmacro %}

{% macro get_insert_into_sql(target_relation, temp_relation, dest_columns) -%}
    {%- set columns = get_quoted_csv(dest_columns | map(attribute='name')) -%}
    insert into {{ target_relation }} ({{ columns }}) select {{ columns }} from {{ temp_relation }}
{%- endmacro %}

{% macro get_quoted_csv(column_names) -%}
    {%- set quoted = [] -%}
    {%- for name in column_names -%}{%- do quoted.append(adapter.quote(name)) -%}{%- endfor -%}
    {{ return(quoted | join(', ')) }}
{%- endmacro %}

{% macro ade_keys(unique_key) %}{{ return([] if not unique_key else ([unique_key] if unique_key is string else unique_key)) }}{% endmacro %}

{% macro get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}{{ return(adapter.dispatch('get_delete_insert_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates)) }}{% endmacro %}
{% macro default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {%- set keys = ade_keys(unique_key) -%}
    {%- if keys %}
    delete from {{ target }} as DBT_INTERNAL_DEST
    where exists (
        select 1 from {{ source }} as DBT_INTERNAL_SOURCE
        where {% for key in keys %}DBT_INTERNAL_SOURCE.{{ key }} = DBT_INTERNAL_DEST.{{ key }}{{ ' and ' if not loop.last }}{% endfor %}
    )
    {%- for predicate in ade_keys(incremental_predicates) %} and ({{ predicate }}){% endfor %};
    {%- endif %}
    {{ get_insert_into_sql(target, source, dest_columns) }}
{%- endmacro %}

{% macro get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) %}{{ return(adapter.dispatch('get_merge_sql', 'dbt')(target, source, unique_key, dest_columns, incremental_predicates)) }}{% endmacro %}
{% macro default__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
    {%- set keys = ade_keys(unique_key) -%}
    {%- set updated = get_merge_update_columns(config.get('merge_update_columns'), config.get('merge_exclude_columns'), dest_columns) -%}
    {%- set conditions = [] -%}
    {%- for predicate in ade_keys(incremental_predicates) -%}{%- do conditions.append('(' ~ predicate ~ ')') -%}{%- endfor -%}
    {%- for key in keys -%}{%- do conditions.append('DBT_INTERNAL_SOURCE.' ~ key ~ ' = DBT_INTERNAL_DEST.' ~ key) -%}{%- endfor -%}
    {%- if not keys -%}{%- do conditions.append('false') -%}{%- endif -%}
    {%- set names = dest_columns | map(attribute='name') | list -%}
    merge into {{ target }} as DBT_INTERNAL_DEST
    using {{ source }} as DBT_INTERNAL_SOURCE
    on {{ conditions | join(' and ') }}
    {%- if keys and updated %}
    when matched then update set {% for column in updated %}{{ column }} = DBT_INTERNAL_SOURCE.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
    {%- endif %}
    when not matched then insert ({{ get_quoted_csv(names) }})
    values ({% for name in names %}DBT_INTERNAL_SOURCE.{{ adapter.quote(name) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) %}{{ return(adapter.dispatch('get_merge_update_columns', 'dbt')(merge_update_columns, merge_exclude_columns, dest_columns)) }}{% endmacro %}
{% macro default__get_merge_update_columns(merge_update_columns, merge_exclude_columns, dest_columns) -%}
    {%- if merge_update_columns and merge_exclude_columns -%}
        {{ exceptions.raise_compiler_error('Model cannot specify merge_update_columns and merge_exclude_columns. Please update model to use only one config') }}
    {%- elif merge_update_columns -%}
        {{ return(ade_keys(merge_update_columns)) }}
    {%- endif -%}
    {%- set excluded = ade_keys(merge_exclude_columns) | map('lower') | list -%}
    {%- set columns = [] -%}
    {%- for column in dest_columns if column.name | lower not in excluded -%}{%- do columns.append(column.quoted) -%}{%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{# Partitions that come are replaced whole; without any, everything is. #}
{% macro get_insert_overwrite_merge_sql(target, source, dest_columns, predicates=none, include_sql_header=false) %}{{ return(adapter.dispatch('get_insert_overwrite_merge_sql', 'dbt')(target, source, dest_columns, predicates, include_sql_header)) }}{% endmacro %}
{% macro default__get_insert_overwrite_merge_sql(target, source, dest_columns, predicates=none, include_sql_header=false) -%}
    {%- set partitions = [] -%}
    {%- for partition in ade_keys(config.get('partition_by')) -%}
        {%- set found = modules.re.match('^(year|month|day|hour)s?\((.+)\)$', partition | trim) -%}
        {%- do partitions.append("date_trunc('" ~ found.group(1) ~ "', " ~ found.group(2) ~ ")" if found else partition) -%}
    {%- endfor -%}
    {%- set conditions = [] -%}
    {%- if partitions -%}{%- do conditions.append('(' ~ partitions | join(', ') ~ ') in (select (' ~ partitions | join(', ') ~ ') from ' ~ source ~ ')') -%}{%- endif -%}
    {%- for predicate in ade_keys(predicates) -%}{%- do conditions.append('(' ~ predicate ~ ')') -%}{%- endfor %}
    delete from {{ target }} as DBT_INTERNAL_DEST{{ ' where ' ~ conditions | join(' and ') if conditions }};
    {{ get_insert_into_sql(target, source, dest_columns) }}
{%- endmacro %}

{# What becomes of columns that come and go. #}
{% macro incremental_validate_on_schema_change(on_schema_change, default='ignore') -%}
    {{ return(on_schema_change if on_schema_change in ['sync_all_columns', 'append_new_columns', 'fail', 'ignore'] else default) }}
{%- endmacro %}

{% macro diff_columns(source_columns, target_columns) -%}
    {%- set names = target_columns | map(attribute='name') | map('lower') | list -%}
    {%- set missing = [] -%}
    {%- for column in source_columns if column.name | lower not in names -%}{%- do missing.append(column) -%}{%- endfor -%}
    {{ return(missing) }}
{%- endmacro %}

{% macro diff_column_data_types(source_columns, target_columns) -%}
    {%- set changed = [] -%}
    {%- for source in source_columns -%}
        {%- for target in target_columns if target.name | lower == source.name | lower and target.data_type != source.data_type -%}
            {%- do changed.append({'column_name': target.name, 'new_type': source.data_type}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(changed) }}
{%- endmacro %}

{% macro check_for_schema_changes(source_relation, target_relation) -%}
    {%- set source_columns = adapter.get_columns_in_relation(source_relation) -%}
    {%- set target_columns = adapter.get_columns_in_relation(target_relation) -%}
    {%- set added = diff_columns(source_columns, target_columns) -%}
    {%- set removed = diff_columns(target_columns, source_columns) -%}
    {%- set retyped = diff_column_data_types(source_columns, target_columns) -%}
    {{ return({
        'schema_changed': (added or removed or retyped) | length > 0,
        'source_not_in_target': added,
        'target_not_in_source': removed,
        'source_columns': source_columns,
        'target_columns': target_columns,
        'new_target_types': retyped}) }}
{%- endmacro %}

{% macro alter_column_type(relation, column_name, new_column_type) -%}
    {%- do run_query('alter table ' ~ relation ~ ' alter column ' ~ adapter.quote(column_name) ~ ' type ' ~ new_column_type) -%}
{%- endmacro %}

{% macro alter_relation_add_remove_columns(relation, add_columns=none, remove_columns=none) -%}
    {%- for column in add_columns or [] -%}{%- do run_query('alter table ' ~ relation ~ ' add column ' ~ column.quoted ~ ' ' ~ column.data_type) -%}{%- endfor -%}
    {%- for column in remove_columns or [] -%}{%- do run_query('alter table ' ~ relation ~ ' drop column ' ~ column.quoted) -%}{%- endfor -%}
{%- endmacro %}

{% macro sync_column_schemas(on_schema_change, target_relation, schema_changes_dict) -%}
    {%- set added = schema_changes_dict['source_not_in_target'] -%}
    {%- if on_schema_change == 'append_new_columns' -%}
        {%- do alter_relation_add_remove_columns(target_relation, added, none) -%}
    {%- elif on_schema_change == 'sync_all_columns' -%}
        {%- do alter_relation_add_remove_columns(target_relation, added, schema_changes_dict['target_not_in_source']) -%}
        {%- for change in schema_changes_dict['new_target_types'] -%}{%- do alter_column_type(target_relation, change['column_name'], change['new_type']) -%}{%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro process_schema_changes(on_schema_change, source_relation, target_relation) -%}
    {%- if on_schema_change == 'ignore' -%}{{ return({}) }}{%- endif -%}
    {%- set changes = check_for_schema_changes(source_relation, target_relation) -%}
    {%- if changes['schema_changed'] and on_schema_change == 'fail' -%}
        {{ exceptions.raise_compiler_error('The source and target schemas on this incremental model are out of sync: ' ~ changes['source_columns'] | map(attribute='name') | join(', ') ~ ' against ' ~ changes['target_columns'] | map(attribute='name') | join(', ')) }}
    {%- elif changes['schema_changed'] -%}
        {%- do sync_column_schemas(on_schema_change, target_relation, changes) -%}
    {%- endif -%}
    {{ return(adapter.get_columns_in_relation(target_relation)) }}
{%- endmacro %}
