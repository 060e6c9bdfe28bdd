package dev.ade.quality.check;

import static dev.ade.model.CheckSpec.FailureStorage.NONE;
import static dev.ade.model.CheckSpec.FailureStorage.STORED;
import static dev.ade.model.CheckSpec.Severity.ERROR;
import static dev.ade.model.CheckSpec.Severity.WARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.Assertion;
import dev.ade.model.Assertion.AcceptedValues;
import dev.ade.model.Assertion.Contract;
import dev.ade.model.Assertion.KAnonymity;
import dev.ade.model.Assertion.NotNull;
import dev.ade.model.Assertion.Query;
import dev.ade.model.Assertion.Quoting;
import dev.ade.model.Assertion.Relationships;
import dev.ade.model.Assertion.Unique;
import dev.ade.model.CheckSpec;
import dev.ade.model.CheckSpec.Options;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.Fingerprint;
import dev.ade.model.Location;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Threshold;
import dev.ade.model.Type;
import dev.ade.quality.LakeLab;
import dev.ade.spi.Checker;
import dev.ade.spi.Checker.Outcome;
import dev.ade.spi.Checker.Request;
import dev.ade.spi.Checker.Result;
import dev.ade.spi.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCheckerTest {
    private static final TableName ORDERS = TableName.of("shop", "orders");
    private static final TableName CUSTOMERS = TableName.of("shop", "customers");

    private LakeLab lab;
    private final Checker checker = new SqlChecker();

    @BeforeEach
    void publish(@TempDir Path folder) {
        lab = new LakeLab(folder);
        lab.publish(
                "shop.orders",
                """
                select * from (values
                  (1, 10, 'new', 5.0), (2, 10, 'paid', null), (2, 11, 'PAID', 7.0), (3, 99, null, null),
                  (3, 98, 'lost', 1.0), (3, null, 'lost', 2.0), (null, 10, 'new', 3.0), (null, 10, 'new', 4.0)
                ) t(id, customer, "sta""tus", amount)\
                """);
        lab.publish("shop.customers", "select * from (values (10), (11), (null)) t(key)");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private static CheckSpec spec(Assertion assertion, Options options) {
        return new CheckSpec(
                "check",
                ORDERS,
                Set.of(ORDERS),
                assertion,
                options,
                Set.of(),
                Location.of("schema.yml"));
    }

    private static Options where(String where) {
        return new Options(
                ERROR,
                Optional.of(where),
                Threshold.NOT_ZERO,
                Threshold.NOT_ZERO,
                Optional.empty(),
                NONE);
    }

    private Result check(Assertion assertion, Options options) {
        return checker.check(spec(assertion, options), lab.context("shop.orders", List.of()));
    }

    private Result check(Assertion assertion) {
        return check(assertion, Options.DEFAULT);
    }

    private Result query(String query, Options options) {
        return checker.check(
                spec(new Query(Fingerprint.of("a query")), options),
                lab.context("shop.orders", List.of()).withQuery(Optional.of(query)));
    }

    private long rows(String select) {
        try (var cursor = lab.session().query("select count(*) from (" + select + ")")) {
            return (long) cursor.all(1).getFirst().getFirst();
        }
    }

    private void assertFails(Result result, long failures, String message) {
        assertThat(result.message()).isEqualTo(message);
        assertThat(result.failures()).isEqualTo(failures);
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(rows(result.sql())).isEqualTo(failures);
    }

    private static void assertPasses(Result result, String message) {
        assertThat(result.message()).isEqualTo(message);
        assertThat(result.failures()).isZero();
        assertThat(result.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void takes_the_nulls_that_a_profile_has_counted_but_for_those_of_some_rows() {
        Profile.ColumnProfile id =
                new Profile.ColumnProfile(
                        "ID",
                        "BIGINT",
                        9,
                        7,
                        1,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new byte[0]);
        Checker.Context bare = lab.context("shop.orders", List.of());
        Checker.Context profiled =
                new Checker.Context(
                        bare.session(),
                        bare.query(),
                        bare.state(),
                        bare.eventTime(),
                        Optional.of(new Profile(9, List.of(id))),
                        bare.intervals(),
                        bare.at());

        List<Long> found =
                checker
                        .checkAll(
                                List.of(
                                        request(new NotNull("id"), Options.DEFAULT),
                                        request(new NotNull("id"), where("id is null")),
                                        request(new NotNull("customer"), Options.DEFAULT)),
                                profiled)
                        .stream()
                        .map(Result::failures)
                        .toList();

        assertThat(found).containsExactly(7L, 2L, 1L);
    }

    private static Request request(Assertion assertion, Options options) {
        return new Request(spec(assertion, options), Optional.empty());
    }

    @Test
    void counts_rows_without_a_value() {
        assertFails(check(new NotNull("id")), 2, "2 rows have no id");
        assertFails(check(new NotNull("customer")), 1, "1 row has no customer");
        assertPasses(check(new NotNull("id"), where("id > 1")), "every row has id");
    }

    @Test
    void counts_values_that_occur_more_than_once() {
        assertFails(check(new Unique("id")), 2, "2 values of id occur more than once");
        assertFails(
                check(new Unique("id"), where("id < 3")), 1, "1 value of id occurs more than once");
        assertPasses(
                check(new Unique("id"), where("id < 2 -- the first")),
                "no value of id occurs twice");
    }

    @Test
    void counts_rows_with_values_that_are_not_accepted() {
        String column = "sta\"tus";
        assertFails(
                check(new AcceptedValues(column, List.of("new", "paid"), Quoting.QUOTED)),
                3,
                "3 rows have a value of sta\"tus that is not accepted");
        assertFails(
                check(new AcceptedValues("id", List.of("1", "2"), Quoting.PLAIN)),
                3,
                "3 rows have a value of id that is not accepted");
        assertPasses(
                check(
                        new AcceptedValues(column, List.of("it's", "new"), Quoting.QUOTED),
                        where("id = 1")),
                "every sta\"tus is accepted");
        assertThat(check(new AcceptedValues("id", List.of(), Quoting.PLAIN)).failures())
                .isEqualTo(6);
    }

    @Test
    void counts_rows_whose_value_is_not_found_elsewhere() {
        assertFails(
                check(new Relationships("customer", CUSTOMERS, "key")),
                2,
                "2 rows have a value of customer that is not in shop.customers");
        assertPasses(
                check(new Relationships("customer", CUSTOMERS, "key"), where("customer < 50")),
                "every customer is in shop.customers");
    }

    @Test
    void never_mistakes_a_column_of_the_child_for_one_of_the_parent() {
        Result result = check(new Relationships("customer", CUSTOMERS, "amount"));

        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.message())
                .startsWith("it could not be run: Binder Error")
                .contains("\"amount\" not found");
    }

    @Test
    void counts_what_a_query_gives() {
        assertFails(
                query("select * from \"shop\".\"orders\" where amount > 4; ", Options.DEFAULT),
                2,
                "2 rows found that should not be there");
        assertPasses(
                query("select 1 as x where false -- nothing", Options.DEFAULT), "no row was found");
    }

    @Test
    void compares_columns_with_a_contract() {
        Contract good = new Contract(List.of(column("ID", Type.Simple.INTEGER)));
        Contract bad =
                new Contract(
                        List.of(
                                column("id", Type.Simple.BIGINT),
                                column("gone", Type.Simple.DATE),
                                column("customer", Type.Simple.INTEGER)));

        assertPasses(check(good), "1 column is as declared");
        Result result = check(bad);

        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.failures()).isEqualTo(2);
        assertThat(result.message()).isEqualTo("id is integer, not bigint; gone is missing");
        assertThat(result.sql()).isEmpty();
    }

    private static ColumnSpec column(String name, Type type) {
        return new ColumnSpec(name, Optional.of(type), Nullability.NULLABLE, Optional.empty(), "");
    }

    @Test
    void judges_by_severity_and_thresholds_as_dbt_does() {
        Threshold aboveOne = Threshold.parse("> 1");
        Threshold aboveFive = Threshold.parse("> 5");
        assertThat(judged(ERROR, Threshold.NOT_ZERO, aboveOne)).isEqualTo(Outcome.FAIL);
        assertThat(judged(ERROR, aboveOne, aboveFive)).isEqualTo(Outcome.WARN);
        assertThat(judged(ERROR, aboveFive, aboveFive)).isEqualTo(Outcome.PASS);
        assertThat(judged(WARN, Threshold.NOT_ZERO, Threshold.NOT_ZERO)).isEqualTo(Outcome.WARN);
        assertThat(judged(WARN, aboveFive, Threshold.NOT_ZERO)).isEqualTo(Outcome.PASS);
    }

    /// Two rows fail.
    private Outcome judged(CheckSpec.Severity severity, Threshold warnIf, Threshold errorIf) {
        Options options =
                new Options(severity, Optional.empty(), warnIf, errorIf, Optional.empty(), NONE);
        return check(new NotNull("id"), options).outcome();
    }

    @Test
    void looks_at_no_more_failing_rows_than_its_limit() {
        Options limited = stored(Optional.of(1L));

        assertThat(check(new NotNull("id"), limited).failures()).isEqualTo(1);
        assertThat(check(new Unique("id"), limited).failures()).isEqualTo(1);
        assertThat(query("select 1 as x from range(10)", limited).failures()).isEqualTo(1);
        assertThat(checker.failingRows(check(new NotNull("id"), limited), lab.session(), 100))
                .hasSize(1);
    }

    private static Options stored(Optional<Long> limit) {
        return new Options(
                ERROR, Optional.empty(), Threshold.NOT_ZERO, Threshold.NOT_ZERO, limit, STORED);
    }

    @Test
    void gives_failing_rows_as_json_where_they_are_stored() {
        Result stored = check(new NotNull("customer"), stored(Optional.empty()));
        Result duplicates = check(new Unique("id"), stored(Optional.empty()));

        assertThat(checker.failingRows(stored, lab.session(), 100))
                .containsExactly(
                        """
                        {"id":3,"customer":null,"sta\\"tus":"lost","amount":2.0}\
                        """);
        assertThat(checker.failingRows(duplicates, lab.session(), 100))
                .containsExactlyInAnyOrder(
                        "{\"id\":2,\"n_records\":2}", "{\"id\":3,\"n_records\":3}");
        assertThat(checker.failingRows(duplicates, lab.session(), 1)).hasSize(1);
        assertThat(checker.failingRows(check(new NotNull("id")), lab.session(), 100)).isEmpty();
    }

    @Test
    void writes_rows_of_any_type_as_json() {
        lab.publish(
                "shop.odd",
                """
                select null as id, encode('ä') as b, [1, 2] as l, {'x': 1.5} as s, map {'k': 'v'} as m,
                  timestamptz '2026-01-01 00:00:00+00' as z, uuid() as u, time '10:00:00' as t, 'nan'::double as n\
                """);
        Result result =
                checker.check(
                        new CheckSpec(
                                "check",
                                TableName.of("shop", "odd"),
                                Set.of(),
                                new NotNull("id"),
                                stored(Optional.empty()),
                                Set.of(),
                                Location.of("schema.yml")),
                        lab.context("shop.odd", List.of()));

        assertThat(checker.failingRows(result, lab.session(), 10))
                .singleElement()
                .asString()
                .startsWith("{\"id\":null,")
                .contains("\"l\":[1,2]", "\"s\":{\"x\":1.5}");
    }

    @Test
    void runs_many_checks_together_and_one_that_cannot_run_leaves_the_others() {
        List<Assertion> assertions =
                List.of(
                        new NotNull("id"),
                        new NotNull("no_such_column"),
                        new Unique("id"),
                        new Relationships("customer", CUSTOMERS, "key"),
                        new NotNull("amount"),
                        new Query(Fingerprint.of("a query")));

        List<Result> results =
                checker.checkAll(
                        assertions.stream().map(SqlCheckerTest::request).toList(),
                        lab.context("shop.orders", List.of()));

        assertThat(results).extracting(Result::failures).containsExactly(2L, 0L, 2L, 2L, 2L, 7L);
        assertThat(results.get(1).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(results.get(1).message())
                .startsWith("it could not be run: Binder Error")
                .contains("no_such_column")
                .doesNotContain("\n");
    }

    private static Request request(Assertion assertion) {
        return new Request(
                spec(assertion, Options.DEFAULT),
                assertion instanceof Query
                        ? Optional.of("select * from range(7)")
                        : Optional.empty());
    }

    @Test
    void says_no_value_of_a_row_in_errors() {
        Result result = check(new NotNull("id"), where("cast(\"sta\"\"tus\" as int) = 1"));

        assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(result.message())
                .isEqualTo(
                        "it could not be run: a value does not fit the type that it is compared with or cast to");
    }

    @Test
    void checks_views_and_empty_tables() {
        lab.publishView(
                "shop.big",
                "select * from \"shop\".\"orders\" where amount > 3",
                Schema.of(new Column("id", Type.Simple.INTEGER)));
        lab.publish("shop.empty", "select 1 as id where false");

        assertThat(Stream.of("shop.big", "shop.empty").map(this::failuresOfNotNull))
                .containsExactly(1L, 0L);
    }

    private long failuresOfNotNull(String dataset) {
        CheckSpec spec =
                new CheckSpec(
                        "check",
                        TableName.parse(dataset),
                        Set.of(),
                        new NotNull("id"),
                        Options.DEFAULT,
                        Set.of(),
                        Location.of("schema.yml"));
        return checker.check(spec, lab.context(dataset, List.of())).failures();
    }

    @Test
    void finds_groups_that_single_out_few_rows() {
        // customer: 10 in four rows, 11, 98, 99 and NULL in one each
        Result result = check(new KAnonymity(List.of("customer"), 2));

        assertThat(result.failures()).isEqualTo(4);
        assertThat(result.message())
                .isEqualTo("4 groups of customer have fewer than 2 rows: 4 rows in all");
        assertThat(rows(result.sql())).isEqualTo(4);
        assertThat(check(new KAnonymity(List.of("id"), 2)).message())
                .isEqualTo("1 group of id has fewer than 2 rows: 1 row in all");
        assertThat(check(new KAnonymity(List.of("customer"), 2), where("customer = 10")).message())
                .isEqualTo("2 rows or more share each customer");
    }

    @Test
    void k_is_two_at_least_and_needs_columns() {
        assertThatThrownBy(() -> new KAnonymity(List.of("id"), 1))
                .hasMessage("Cannot check k-anonymity: k is 2 to 1,000,000, was 1");
        assertThatThrownBy(() -> new KAnonymity(List.of(), 5))
                .hasMessage("Cannot check k-anonymity: no columns are given");
    }
}
