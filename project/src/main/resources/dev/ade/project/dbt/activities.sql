{# Activity streams: one table of everything that customers did, and questions about what they did before and after.
   What the macros say is in docs/activities.md. #}

{% macro activity_stream(activities) %}
{%- if activities is not mapping or not activities -%}
    {{ exceptions.raise_compiler_error("activity_stream takes activities by name, such as activity_stream({'bought': {'from': ref('order_f'), 'customer': 'customer_key', 'ts': 'ordered_at'}})") }}
{%- endif -%}
with ade_activities as (
{%- for name, activity in activities.items() %}
    {% if not loop.first %}union all by name{% endif %}
    {{ ade_activity(name, activity) }}
{%- endfor %}
)

select
    activity_id,
    ts,
    customer,
    activity,
    anonymous_customer_id,
    features,
    revenue_impact,
    link,
    row_number() over ade_customer as activity_occurrence,
    lead(ts) over ade_customer as activity_repeated_at,
    source
from ade_activities
window ade_customer as (
    partition by activity, coalesce(customer, anonymous_customer_id) order by ts, activity_id
)
{% endmacro %}

{% macro ade_activity(name, activity) %}
{%- set known = ['from', 'ts', 'customer', 'anonymous_customer_id', 'id', 'features', 'revenue_impact', 'link', 'where'] -%}
{%- for key in activity if key not in known -%}
    {{ exceptions.raise_compiler_error("activity_stream does not know '" ~ key ~ "' of activity " ~ name ~ ". It knows " ~ known | join(', ')) }}
{%- endfor -%}
{%- for key in ['from', 'ts'] if key not in activity -%}
    {{ exceptions.raise_compiler_error("Activity " ~ name ~ " of activity_stream needs '" ~ key ~ "'") }}
{%- endfor -%}
{%- if 'customer' not in activity and 'anonymous_customer_id' not in activity -%}
    {{ exceptions.raise_compiler_error("Activity " ~ name ~ " of activity_stream needs 'customer', 'anonymous_customer_id' or both") }}
{%- endif -%}
{%- set customer = 'cast(' ~ activity.get('customer', 'null') ~ ' as varchar)' -%}
{%- set anonymous = 'cast(' ~ activity.get('anonymous_customer_id', 'null') ~ ' as varchar)' -%}
{%- set features -%}
    {%- if activity.get('features') -%}
        cast(to_json(struct_pack({% for feature in activity.features %}{{ adapter.quote(feature) }} := {{ adapter.quote(feature) }}{{ ', ' if not loop.last }}{% endfor %})) as varchar)
    {%- else -%}
        cast(null as varchar)
    {%- endif -%}
{%- endset -%}
{%- set told = "cast(" ~ activity.id ~ " as varchar)" if activity.get('id') else "concat_ws('|', " ~ customer ~ ", " ~ anonymous ~ ", cast(" ~ activity.ts ~ " as varchar), " ~ features ~ ")" -%}
select
        md5(concat({{ ade_text(name ~ '|') }}, {{ told }})) as activity_id,
        cast({{ activity.ts }} as timestamp) as ts,
        {{ customer }} as customer,
        {{ ade_text(name) }} as activity,
        {{ anonymous }} as anonymous_customer_id,
        {{ features }} as features,
        cast({{ activity.get('revenue_impact', 'null') }} as double) as revenue_impact,
        cast({{ activity.get('link', 'null') }} as varchar) as link,
        {{ ade_text(activity['from'] | string | replace('"', '')) }} as source
    from {{ activity['from'] }}
    {%- if activity.get('where') %}
    where {{ activity.where }}
    {%- endif %}
{%- endmacro %}

{% macro activity_dataset(stream, primary, append=[]) %}
{%- set occurrence = primary.get('occurrence', 'all') -%}
with ade_primary as (
    select *
    from {{ stream }}
    where activity = {{ ade_text(primary.activity) }}
    {%- if occurrence == 'first' %}
        and activity_occurrence = 1
    {%- elif occurrence == 'last' %}
        and activity_repeated_at is null
    {%- elif occurrence is number %}
        and activity_occurrence = {{ occurrence }}
    {%- elif occurrence != 'all' -%}
        {{ exceptions.raise_compiler_error("activity_dataset knows the occurrences all, first, last and numbers, not '" ~ occurrence ~ "'") }}
    {%- endif %}
)
{%- for one in append %},

ade_append_{{ loop.index }} as (
    {{ ade_appended(stream, one) }}
)
{%- endfor %}

select
    ade_primary.activity_id,
    ade_primary.customer,
    ade_primary.ts
    {%- for column in primary.get('columns', []) %},
    {{ ade_activity_value('ade_primary', column) }} as {{ adapter.quote(column) }}
    {%- endfor %}
    {%- for one in append %}
    {%- set index = loop.index -%}
    {%- for column in ade_appended_columns(one) %},
    {% if column.count %}coalesce(ade_append_{{ index }}.{{ adapter.quote(column.name) }}, 0) as {{ adapter.quote(column.name) }}
    {%- else %}ade_append_{{ index }}.{{ adapter.quote(column.name) }}
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
from ade_primary
{%- for one in append %}
left join ade_append_{{ loop.index }} on ade_append_{{ loop.index }}.activity_id = ade_primary.activity_id
{%- endfor %}
{% endmacro %}

{% macro ade_text(value) -%}'{{ value | replace("'", "''") }}'{%- endmacro %}

{# A column of the stream, or a feature. #}
{% macro ade_activity_value(stream, column) -%}
{%- set own = ['activity_id', 'ts', 'customer', 'activity', 'anonymous_customer_id', 'features', 'revenue_impact', 'link', 'activity_occurrence', 'activity_repeated_at', 'source'] -%}
{%- if column in own -%}
    {{ stream }}.{{ column }}
{%- else -%}
    json_extract_string({{ stream }}.features, {{ ade_text('$."' ~ column ~ '"') }})
{%- endif -%}
{%- endmacro %}

{# What an appended activity gives: columns of one row, or an aggregate. #}
{% macro ade_appended_columns(one) %}
{%- set prefix = one.get('as', one.activity) -%}
{%- set result = [] -%}
{%- if one.relation.startswith('count') -%}
    {%- do result.append({'name': prefix ~ '_count', 'count': true, 'column': none}) -%}
{%- elif one.relation.startswith('sum') -%}
    {%- do result.append({'name': prefix ~ '_sum', 'count': false, 'column': none}) -%}
{%- else -%}
    {%- for column in one.get('columns', ['ts']) -%}
        {%- do result.append({'name': prefix ~ '_' ~ column, 'count': false, 'column': column}) -%}
    {%- endfor -%}
{%- endif -%}
{{ return(result) }}
{% endmacro %}

{% macro ade_appended(stream, one) %}
{%- set words = one.relation.split('_', 1) -%}
{%- set takes = words[0] -%}
{%- set where = words[1] if words | length > 1 else '' -%}
{%- if takes not in ['first', 'last', 'count', 'sum'] or where not in ['ever', 'before', 'after', 'between'] -%}
    {{ exceptions.raise_compiler_error("activity_dataset does not know the relation '" ~ one.relation ~ "'. It knows first, last, count and sum of what was ever, before, after or between: such as last_before") }}
{%- endif -%}
select
        ade_primary.activity_id
        {%- for column in ade_appended_columns(one) %},
        {% if takes == 'count' %}count(*)
        {%- elif takes == 'sum' %}sum({{ ade_activity_value('ade_other', one.get('column', 'revenue_impact')) }})
        {%- else %}{{ 'arg_min' if takes == 'first' else 'arg_max' }}(struct_pack(v := {{ ade_activity_value('ade_other', column.column) }}), struct_pack(t := ade_other.ts, i := ade_other.activity_id)).v
        {%- endif %} as {{ adapter.quote(column.name) }}
        {%- endfor %}
    from ade_primary
    join {{ stream }} as ade_other
        on ade_other.customer = ade_primary.customer
        and ade_other.activity = {{ ade_text(one.activity) }}
        {%- if where == 'before' %}
        and ade_other.ts < ade_primary.ts
        {%- if one.get('within') %}
        and ade_other.ts >= ade_primary.ts - interval '{{ one.within }}'
        {%- endif %}
        {%- elif where in ['after', 'between'] %}
        and ade_other.ts > ade_primary.ts
        {%- if one.get('within') %}
        and ade_other.ts <= ade_primary.ts + interval '{{ one.within }}'
        {%- endif %}
        {%- if where == 'between' %}
        and ade_other.ts < coalesce(ade_primary.activity_repeated_at, timestamp 'infinity')
        {%- endif %}
        {%- endif %}
        {%- if one.get('where') %}
        and ({{ one.where }})
        {%- endif %}
    group by all
{%- endmacro %}
