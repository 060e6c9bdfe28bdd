package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ade.model.AdeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// dbt's Jinja context, as far as it asks nobody.
class JinjaContextTest {
    private Folder folder;

    @BeforeEach
    void open(@TempDir Path root) {
        folder =
                new Folder(root.resolve("estate"))
                        .file("dbt_project.yml", "name: estate\nvars: {rate: 3}\n")
                        .file("seeds/orders.csv", "id\n1\n");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private String rendered(String expression) {
        folder.file("models/m.sql", "select $x$" + expression + "$x$ as v");
        return folder.sql("estate.m").replaceAll("(?s)^select \\$x\\$(.*)\\$x\\$ as v$", "$1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            textBlock =
                    """
                    {{ tojson({'b': [1, none], 'a': 'x'}, sort_keys=true) }} ¦ {"a": "x", "b": [1, null]}
                    {{ fromjson('{"a": [1.5, "\\u00e9", true]}').a }} ¦ [1.5, 'é', True]
                    {{ fromjson('{broken', 'nothing') }} ¦ nothing
                    {{ fromyaml('a: {b: 3}').a.b + 1 }} ¦ 4
                    {{ toyaml({'a': [1]}).strip() }} ¦ a:⏎- 1
                    {{ set([1, 2, 2]) | length }} {{ set(3, 'no') }} ¦ 2 no
                    {{ (set([1, 2]) - set([2])) }} {{ set([1]).union([4]) }} ¦ {1} {1, 4}
                    {{ zip([1, 2], ['a', 'b', 'c']) }} ¦ [(1, 'a'), (2, 'b')]
                    {{ zip(1, [2], default=['none']) }} ¦ ['none']
                    {{ local_md5('ade') }} ¦ a562cfa07c2b1213b3a5c99b756fc206
                    {{ target.type }} {{ target.schema }} {{ target.name }} ¦ duckdb estate prod
                    {{ this.schema }}.{{ this.identifier }} {{ this.include(schema=false) }} ¦ estate.m "m"
                    {{ model.unique_id }} {{ model.resource_type }} {{ model.fqn }} ¦ model.estate.m model ['estate', 'm']
                    {{ execute }} {{ project_name }} {{ schema }} {{ database }} ¦ True estate estate ade
                    {{ adapter.quote('a b') }} {{ adapter.type() }} ¦ "a b" duckdb
                    {{ api.Column('n', 'varchar', 20).data_type }} {{ api.Column.create('n', 'STRING').dtype }} ¦ varchar(20) TEXT
                    {{ api.Column('n', 'decimal', none, 9, 2).is_numeric() }} ¦ True
                    {{ api.Relation.create(schema='s', identifier='t') }} ¦ "s"."t"
                    {{ builtins.ref('orders') }} {{ context['target'].name }} ¦ "estate"."orders" prod
                    {{ var('rate') }} {{ var('none', 'd') }} {{ var.has_var('rate') }} ¦ 3 d True
                    {{ config.get('materialized', 'view') }} {{ flags.FULL_REFRESH }} ¦ view False
                    {{ log('seen', info=true) }}{{ print('seen') }}. ¦ .
                    {{ dbt_version.split('.') | length }} {{ invocation_args_dict.which }} ¦ 3 run
                    {{ run_started_at.strftime('%Y-%m-%d') }} {{ invocation_id | length }} ¦ 1970-01-01 36
                    """)
    void gives_what_dbt_gives(String expression, String wanted) {
        assertThat(rendered(expression)).isEqualTo(wanted.replace('⏎', '\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            textBlock =
                    """
                    {{ dt.datetime(2026, 3, 1, 9) - dt.timedelta(days=1, hours=2) }} ¦ 2026-02-28 07:00:00
                    {{ (dt.date(2026, 3, 1) - dt.date(2026, 2, 1)).days }} ¦ 28
                    {{ dt.date(2026, 3, 1) > dt.date(2026, 2, 1) }} ¦ True
                    {{ dt.datetime.strptime('5 Jan 26', '%d %b %y').isoformat() }} ¦ 2026-01-05T00:00:00
                    {{ dt.datetime.fromisoformat('2026-01-05 10:00:00').replace(day=7).strftime('%a %-d %B, %I %p') }} ¦ Wed 7 January, 10 AM
                    {{ dt.datetime.now() }} ¦ 1970-01-01 00:00:00
                    {{ dt.timedelta(minutes=90).total_seconds() }} {{ dt.timedelta(days=1) / 2 }} ¦ 5400.0 12:00:00
                    {{ modules.pytz.timezone('Europe/Berlin').localize(dt.datetime(2026, 7, 1)).astimezone(modules.pytz.utc) }} ¦ 2026-06-30 22:00:00+00:00
                    {{ modules.re.sub('(?P<w>a+)b', '<\\\\g<w>>', 'aabxab') }} ¦ <aa>x<a>
                    {{ modules.re.findall('(?ix) # {{ and [\\nfrom\\\\s+ ({{ \\\\s* x [)# ]* }})', 'FROM {{ x # }} from {x}') }} ¦ ['{{ x # }}']
                    {{ modules.re.match('(?P<a_z>x{,2}){', 'xx{').groupdict() }} {{ modules.re.search('[[&&]+', 'a&[').group(0) }} ¦ {'a_z': 'xx'} &[
                    {{ modules.re.search('(?P<my_word>\\\\w)(?P=my_word)', 'abb').group('my_word') }} {{ modules.re.sub('-.*', '', 'a-\\rb') }} ¦ b a
                    {{ modules.re.findall('[0-9]+', 'a1b22') }} ¦ ['1', '22']
                    {{ modules.re.match('(.)-(.)', 'x-y').groups() }} {{ modules.re.search('q', 'x') is none }} ¦ ('x', 'y') True
                    {{ modules.re.split(', *', 'a, b,c') }} ¦ ['a', 'b', 'c']
                    {{ modules.re.compile('A', modules.re.IGNORECASE).sub('-', 'banana', 2) }} ¦ b-n-na
                    {{ modules.itertools.chain([1], (2, 3)) | list }} ¦ [1, 2, 3]
                    {{ modules.itertools.combinations('abc', 2) | list }} ¦ [('a', 'b'), ('a', 'c'), ('b', 'c')]
                    {{ modules.itertools.product([0, 1], repeat=2) | length }} ¦ 4
                    {{ modules.itertools.zip_longest([1], [2, 3], fillvalue='-') | list }} ¦ [(1, 2), ('-', 3)]
                    """)
    void has_the_modules_of_python_that_dbt_has(String expression, String wanted) {
        assertThat(rendered("{% set dt = modules.datetime %}" + expression)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            textBlock =
                    """
                    dbt.dateadd('month', 2, 'day') ¦ date_add(day, interval (2) month)
                    dbt.datediff('a', 'b', 'week') ¦ date_diff('week', cast(a as timestamp), cast(b as timestamp))
                    dbt.type_string() ¦ varchar
                    type_numeric() ¦ numeric(28,6)
                    dbt.safe_cast('x', api.Column.translate_type('string')) ¦ try_cast(x as TEXT)
                    dbt.concat(['a', "' '", 'b']) ¦ a || ' ' || b
                    dbt.hash('id') ¦ md5(cast(id as varchar))
                    dbt.escape_single_quotes("it's") ¦ it''s
                    dbt.listagg('a', "','", 'order by a') ¦ string_agg(a, ',' order by a)
                    dbt.array_construct([1, 2]) ¦ [1, 2]
                    dbt.split_part('a', "'-'", 2) ¦ split_part(a, '-', 2)
                    dbt.except() ~ dbt.intersect() ¦ exceptintersect
                    dbt.any_value('x') ~ dbt.bool_or('y') ¦ any_value(x)bool_or(y)
                    dbt.dates_in_range('20260130', '20260201') ¦ ['20260130', '20260131', '20260201']
                    """)
    void has_dbts_own_macros_for_duckdb(String expression, String wanted) {
        assertThat(rendered("{{ " + expression + " }}")).isEqualTo(wanted);
    }

    @Test
    void vars_may_be_templates(@TempDir Path root) {
        try (Folder estate = new Folder(root.resolve("estate"))) {
            estate.file(
                            "dbt_project.yml",
                            """
                            name: estate
                            vars: {half: 4, size: "{{ var('half') * 2 if target.type == 'duckdb' else 1 }}", list: ["{{ x }}"]}
                            """)
                    .file(
                            "models/m.sql",
                            "select {{ var('size') | int + 1 }} as n, $${{ var('list') }}$$ as t");
            assertThat(estate.sql("estate.m")).isEqualTo("select 9 as n, $$['{{ x }}']$$ as t");
        }
    }

    @Test
    void dbts_own_macros_give_sql_that_duckdb_runs() {
        folder.file(
                "models/m.sql",
                """
                {%- set days = dbt.date_spine('month', "date '2026-01-15'", "date '2026-03-01'") -%}
                select {{ dbt.last_day("date '2026-02-03'", 'quarter') }} as q,
                       {{ dbt.right("'abc'", 2) }} as r,
                       {{ dbt.position("'b'", "'abc'") }} as p,
                       {{ dbt.listagg('d.date_month::varchar', "'+'", 'order by 1', 1) }} as l,
                       count(*) as n
                from ({{ days }}) as d
                """);
        assertThat(folder.rows(folder.sql("estate.m")))
                .containsExactly("2026-03-31|bc|2|2026-01-15 00:00:00|2");
    }

    @Test
    void a_project_puts_its_own_in_the_place_of_what_is_there() {
        folder.file(
                        "macros/m.sql",
                        "{% macro default__hash(field) %}sha256({{ field }}){% endmacro %}")
                .file(
                        "macros/ref.sql",
                        "{% macro ref(name) %}{{ return(builtins.ref('orders')) }}{% endmacro %}");
        assertThat(rendered("{{ dbt.hash('a') }} {{ ref('anything') }}"))
                .isEqualTo("sha256(a) \"estate\".\"orders\"");
    }

    @Test
    void a_project_names_its_schemas_and_datasets() {
        folder.file(
                        "macros/names.sql",
                        """
                        {% macro generate_schema_name(custom_schema_name, node) -%}
                            {{ target.schema }}_{{ custom_schema_name or node.resource_type }}
                        {%- endmacro %}
                        {% macro generate_alias_name(custom_alias_name=none, node=none) -%}
                            {{ node.name }}_x
                        {%- endmacro %}
                        """)
                .file("models/m.sql", "select 1 as a")
                .file("models/n.sql", "{{ config(schema='s') }} select * from {{ ref('m') }}");
        assertThat(folder.read().project().models().keySet())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("estate_model.m_x", "estate_s.n_x");
    }

    @Test
    void a_profile_tells_templates_of_its_target_but_no_secret() {
        folder.file("dbt_project.yml", "name: estate\nprofile: p\n")
                .file(
                        "profiles.yml",
                        """
                        p:
                          target: dev
                          outputs:
                            dev: {type: postgres, host: db, password: hidden, threads: 7}
                        """);
        assertThat(
                        rendered(
                                "{{ target.host }} {{ target.threads }} {{ target.password }} {{ target.type }}"))
                .isEqualTo("db 7  duckdb");
        assertThat(folder.read().project().warnings())
                .anyMatch(warning -> warning.contains("this target is of type postgres"));
    }

    @Test
    void an_error_within_macros_names_its_place_and_who_called() {
        folder.file(
                        "macros/inner.sql",
                        "{% macro cents(x) %}\n  {{ x.nothing.at_all }}\n{% endmacro %}\n")
                .file("macros/outer.sql", "{% macro money(x) %}{{ cents(x) }}{% endmacro %}\n")
                .file("models/m.sql", "select\n  {{ money('a') }} as a");
        assertThatThrownBy(folder::read)
                .isInstanceOf(AdeException.class)
                .extracting(e -> ((AdeException) e).explain())
                .isEqualTo(
                        """
                        Cannot render macros/inner.sql: 'str object' has no attribute 'nothing' (macros/inner.sql:2:6)
                          in macro cents, called at macros/outer.sql:1:24
                          in macro money, called at models/m.sql:2:6
                          Correct the template at this place\
                        """);
    }

    @Test
    void what_raises_says_so_with_the_callers() {
        folder.file(
                        "macros/m.sql",
                        "{% macro wants(x) %}{{ exceptions.raise_compiler_error('no ' ~ x) }}{% endmacro %}")
                .file("models/m.sql", "select {{ wants('way') }}");
        assertThatThrownBy(folder::read)
                .hasMessage("no way")
                .asInstanceOf(type(AdeException.class))
                .extracting(AdeException::nextStep)
                .isEqualTo("A macro of the project or of a package says so");
    }

    @Test
    void what_ades_own_macro_raises_is_not_said_to_be_the_projects() {
        folder.file("models/m.sql", "select * from ({{ activity_stream('bought') }})");

        assertThatThrownBy(folder::read)
                .hasMessageStartingWith("activity_stream takes activities by name")
                .asInstanceOf(type(AdeException.class))
                .extracting(AdeException::nextStep)
                .isEqualTo("Correct what the macro is given, or the model's configuration");
    }

    @Test
    void what_changes_the_store_is_refused_in_templates() {
        folder.file(
                "models/m.sql",
                "{% if execute %}{% do adapter.drop_relation(this) %}{% endif %} select 1 as a");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use adapter.drop_relation: what is stored only changes by a run, as a whole");
    }

    @Test
    void secrets_do_not_get_into_templates() {
        folder.environment.put("DBT_ENV_SECRET_X", "s");
        folder.file("models/m.sql", "select '{{ env_var('DBT_ENV_SECRET_X') }}'");
        assertThatThrownBy(folder::read).hasMessageContaining("secrets do not belong into SQL");
    }

    @Test
    void vars_of_the_command_line_win() {
        folder.file("models/m.sql", "select {{ var('rate') }} as r");
        var project = folder.read(Map.of("rate", 9L));
        assertThat(
                        project.compile(
                                Folder.model(project, "estate.m"),
                                dev.ade.spi.Compiler.Situation.FROM_SCRATCH))
                .isEqualTo("select 9 as r");
        assertThat(List.of(project.asks(Folder.model(project, "estate.m")))).containsExactly(false);
    }

    @Test
    void vars_of_the_project_file_are_rendered_where_they_are_asked_for() {
        folder.file("dbt_project.yml", "name: estate\nvars: {until: '{{ cents(this.name) }}'}\n")
                .file("macros/m.sql", "{% macro cents(x) %}{{ x }} * 100{% endmacro %}");
        assertThat(rendered("{{ var('until') }}")).isEqualTo("m * 100");
    }

    @Test
    void vars_that_ask_for_themselves_end() {
        folder.file("dbt_project.yml", "name: estate\nvars: {a: \"{{ var('a') }}\"}\n");
        assertThatThrownBy(() -> rendered("{{ var('a') }}"))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("deep");
    }
}
