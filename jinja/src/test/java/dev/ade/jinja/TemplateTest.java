package dev.ade.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final Globals NONE = Globals.of(Map.of());

    private static String render(String text, Globals globals) {
        return Template.parse("models/a.sql", text, Syntax.DBT).render(globals, Limits.DEFAULT);
    }

    private static AdeException error(String text, Globals globals) {
        return catchThrowableOfType(AdeException.class, () -> render(text, globals));
    }

    @Test
    void renders_names_and_calls_what_the_globals_give() {
        Callable ref = arguments -> "db." + arguments.require(0, "name");
        Attributes target =
                name -> name.equals("name") ? "dev" : new Undefined(name, "no target." + name);
        Globals globals = Globals.of(Map.of("ref", ref, "target", target)).with(Map.of("x", 1));

        assertThat(render("from {{ ref('orders') }} {{ target.name }} {{ x + 1 }}", globals))
                .isEqualTo("from db.orders dev 2");
    }

    @Test
    void says_where_a_name_is_undefined() {
        AdeException e = error("select\n  {{ 1 }}, {{ foo.bar }}", NONE);

        assertThat(e).hasMessage("Cannot render models/a.sql: 'foo' is undefined");
        assertThat(e.location()).isEqualTo(new Location("models/a.sql", 2, 15));
        assertThat(e.kind()).isEqualTo(AdeException.Kind.USER);
    }

    @Test
    void says_where_the_syntax_is_wrong() {
        AdeException e = error("a\n{% if x %}\nb", NONE);

        assertThat(e)
                .hasMessage(
                        "Cannot parse models/a.sql: expected 'elif' or 'else' or 'endif', got the"
                                + " end");
        assertThat(e.location()).isEqualTo(new Location("models/a.sql", 3, 2));
    }

    @Test
    void says_that_other_templates_cannot_be_read() {
        assertThat(error("{% include 'x' %}", NONE))
                .hasMessage(
                        "Cannot parse models/a.sql: 'include' reads another template, which is not"
                                + " supported: use a macro");
    }

    @Test
    void gives_errors_of_callables_the_place_of_the_call() {
        Callable fails =
                _ -> {
                    throw AdeException.user("Cannot find model x: no such model", "Write it");
                };
        Callable picky =
                arguments -> {
                    arguments.allow("name");
                    return arguments.require(0, "name");
                };
        Globals globals = Globals.of(Map.of("ref", fails, "picky", picky));

        AdeException e = error("\n  {{ ref('x') }}", globals);
        assertThat(e).hasMessage("Cannot find model x: no such model");
        assertThat(e.nextStep()).isEqualTo("Write it");
        assertThat(e.location()).isEqualTo(new Location("models/a.sql", 2, 6));
        assertThat(error("{{ picky(nam='x') }}", globals))
                .hasMessage("Cannot render models/a.sql: got an unexpected keyword argument 'nam'");
        assertThat(error("{{ picky() }}", globals))
                .hasMessage("Cannot render models/a.sql: missing argument 'name'");
        assertThat(error("{{ picky('a', 'b') }}", globals))
                .hasMessage("Cannot render models/a.sql: takes at most 1 arguments, 2 were given");
    }

    @Test
    void says_that_a_broken_callable_is_a_defect() {
        Callable broken =
                _ -> {
                    throw new IllegalStateException("oops");
                };

        AdeException e = error("{{ f() }}", Globals.of(Map.of("f", broken)));

        assertThat(e.kind()).isEqualTo(AdeException.Kind.INTERNAL);
        assertThat(e.location()).isEqualTo(new Location("models/a.sql", 1, 4));
    }

    @Test
    void lists_what_a_file_defines() {
        Template template =
                Template.parse(
                        "macros/m.sql",
                        """
                        {% macro a(x, y=1) %}{{ x }}{{ y }}{% endmacro %}
                        {% test positive(model, column_name) %}select 1{% endtest %}
                        {% materialization log, adapter='duckdb', supported_languages=['sql'] %}m{% endmaterialization %}
                        {% snapshot s %}{{ x }}{% endsnapshot %}
                        {%- docs about -%} some {{ raw }} {% text {%- enddocs %}
                        """,
                        Syntax.DBT);

        List<Definition> all = template.definitions();

        assertThat(all)
                .extracting(Definition::tag)
                .containsExactly("macro", "test", "materialization", "snapshot", "docs");
        assertThat(all)
                .extracting(Definition::name)
                .containsExactly("a", "positive", "log", "s", "about");
        assertThat(all.get(1).parameters()).containsExactly("model", "column_name");
        assertThat(all.get(2).extras())
                .containsExactly("adapter='duckdb'", "supported_languages=['sql']");
        assertThat(all.get(4).rawText()).contains("some {{ raw }} {% text");
        assertThat(all.get(3).rawText()).isEmpty();
        assertThat(all.get(0).location()).isEqualTo(new Location("macros/m.sql", 1, 10));
        assertThat(template.render(NONE, Limits.DEFAULT)).isBlank();
    }

    private static Callable bound(String text, Globals globals) {
        return Template.parse("macros/m.sql", text, Syntax.DBT)
                .definitions()
                .getFirst()
                .bind(globals, Limits.DEFAULT);
    }

    @Test
    void a_bound_macro_sees_what_its_file_sets_and_the_globals() {
        Callable macro =
                bound(
                        "{% macro m(a, b=prefix) %}{{ b }}{{ a }}{{ g }}{% endmacro %}{% set"
                                + " prefix = 'p' %}",
                        Globals.of(Map.of("g", "!")));

        assertThat(macro.call(Arguments.of("x"))).isEqualTo("px!");
        assertThat(render("{{ m('y') }} {{ m.name }}", Globals.of(Map.of("m", macro))))
                .isEqualTo("py! m");
    }

    @Test
    void a_macro_can_return_a_value() {
        Globals globals = Globals.of(Map.of("return", Return.RETURN));
        Callable macro = bound("{% macro m() %}text{{ return([1, 'a']) }}{% endmacro %}", globals);

        assertThat(macro.call(Arguments.EMPTY)).isEqualTo(List.of(1L, "a"));
        assertThat(
                        render(
                                "{% macro k(x) %}{% for i in x %}{% do return(i) %}{% endfor %}{%"
                                        + " endmacro %}{{ k([7, 8]) + 1 }}",
                                globals))
                .isEqualTo("8");
        assertThat(error("{{ return(1) }}", globals))
                .hasMessage("Cannot render models/a.sql: 'return' outside a macro");
    }

    @Test
    void a_return_within_a_call_block_ends_the_macro_that_called_it() {
        Globals globals = Globals.of(Map.of("return", Return.RETURN));

        assertThat(
                        render(
                                "{% macro m() %}a{{ caller() }}b{% endmacro %}{% call m() %}{%"
                                        + " do return('r') %}{% endcall %}",
                                globals))
                .isEqualTo("r");
    }

    @Test
    void filters_can_be_added() {
        Callable twice = arguments -> Python.text(arguments.require(0, "value")).repeat(2);
        Globals globals =
                new Globals() {
                    @Override
                    public Object find(String name) {
                        return new Undefined(name);
                    }

                    @Override
                    public Object filter(String name) {
                        return name.equals("twice") ? twice : new Undefined(name);
                    }
                };

        assertThat(render("{{ 'ab'|twice }} {{ [1]|map('twice')|list }}", globals))
                .isEqualTo("abab ['11']");
        assertThat(error("{{ 1|thrice }}", globals))
                .hasMessage("Cannot render models/a.sql: no filter is named 'thrice'");
    }

    @Test
    void stops_at_the_limits() {
        Limits limits = new Limits(1000, 100, 10);
        assertThatThrownBy(() -> limited("{% for i in range(10000) %}{% endfor %}", limits))
                .hasMessage("Cannot render a.sql: it takes more than 1000 steps");
        assertThatThrownBy(() -> limited("{{ 'a' * 200 }}", limits))
                .hasMessage("Cannot render a.sql: a text is longer than 100 characters");
        assertThatThrownBy(() -> limited("{% for i in range(99) %}abc{% endfor %}", limits))
                .hasMessage("Cannot render a.sql: a text is longer than 100 characters");
        assertThatThrownBy(() -> limited("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", limits))
                .hasMessage("Cannot render a.sql: calls are more than 10 deep inside one another");
    }

    private static String limited(String text, Limits limits) {
        return Template.parse("a.sql", text).render(NONE, limits);
    }

    @Test
    void stops_what_doubles_without_end() {
        List<String> bombs =
                List.of(
                        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x"
                                + " ~ ns.x %}{% endfor %}",
                        "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x ="
                                + " [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
                        "{% set ns = namespace(x=(1,)) %}{% for i in range(99) %}{% set ns.x ="
                                + " (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}",
                        "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x ="
                                + " [ns.x, ns.x] %}{% endfor %}{{ [ns.x]|sort|pprint }}",
                        "{% set l = [] %}{% do l.append(l) %}{{ l|pprint }}",
                        "{% set l = [] %}{% do l.append(l) %}{{ l == [l] }}{{ l|tojson }}",
                        "{{ 9 ** (9 ** 9) }}",
                        "{{ '%1000000000d' % 1 }}",
                        "{{ '{:1000000000}'.format(1) }}",
                        "{{ range(1000000000)|list }}",
                        "{{ [0] * 1000000000 }}",
                        "{{ 'a'.center(2000000000) }}");
        for (String bomb : bombs) {
            assertThatThrownBy(() -> limited(bomb, new Limits(500_000, 1_000_000, 200)))
                    .as(bomb)
                    .isInstanceOf(AdeException.class);
        }
    }

    @Test
    void rejects_what_is_too_deep_to_parse() {
        assertThat(error("{{ " + "(".repeat(10_000) + ")".repeat(10_000) + " }}", NONE))
                .hasMessageContaining("more than 200 levels inside one another");
        assertThat(error("{% if a %}".repeat(10_000), NONE))
                .hasMessageContaining("more than 200 levels inside one another");
        assertThat(error("{{ " + "-".repeat(10_000) + "1 }}", NONE))
                .hasMessageContaining("more than 200 levels inside one another");
    }

    @Test
    void lists_the_names_that_are_read() {
        Template template =
                Template.parse("a.sql", "{{ ref('x') }}{% for c in cols %}{{ c.d }}{% endfor %}");

        assertThat(template.names()).containsExactlyInAnyOrder("ref", "cols", "c");
    }

    @Test
    void evaluates_an_expression_to_a_value() {
        Globals globals = Globals.of(Map.of("x", 3L));

        assertThat(
                        Expression.parse("p.yml", "[x, 'a' ~ x, none]", 7)
                                .evaluate(globals, Limits.DEFAULT))
                .isEqualTo(List.of(3L, "a3", None.NONE));
        assertThatThrownBy(() -> Expression.parse("p.yml", "x +", 7))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> assertThat(e.location()).isEqualTo(new Location("p.yml", 7, 4)));
    }

    /// A row as a query gives it.
    private static final class Row extends java.util.AbstractList<Object> implements Attributes {
        @Override
        public Object get(int index) {
            return index == 0 ? "Ann" : 30L;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public Object attribute(String name) {
            return name.equals("name") ? "Ann" : new Undefined(name);
        }
    }

    @Test
    void looks_into_lists_that_have_attributes() {
        Globals globals = Globals.of(Map.of("row", new Row()));

        assertThat(
                        render(
                                "{{ row.name }} {{ row['name'] }} {{ row[1] }} {{ row.index(30) }}"
                                        + " {{ row|join('-') }} {{ row }}",
                                globals))
                .isEqualTo("Ann Ann 30 1 Ann-30 ['Ann', 30]");
    }

    @Test
    void goes_over_what_java_can_iterate() {
        Iterable<Object> two = () -> List.<Object>of(1, 2).iterator();

        assertThat(
                        render(
                                "{% for x in two %}{{ x + 1 }}{% endfor %}",
                                Globals.of(Map.of("two", two))))
                .isEqualTo("23");
    }

    @Test
    void takes_values_of_java_as_python_would() {
        List<Object> list = new ArrayList<>();
        list.add(1);
        list.add(null);
        Object value = Python.fromJava(Map.of("a", list));

        assertThat(Python.text(value)).isEqualTo("{'a': [1, None]}");
        assertThat(Python.json(value)).isEqualTo("{\"a\": [1, null]}");
        assertThat(error("{% do l.append(1) %}", Globals.of(Map.of("l", List.of(1L)))))
                .hasMessage("Cannot render models/a.sql: the value cannot be changed");
    }
}
