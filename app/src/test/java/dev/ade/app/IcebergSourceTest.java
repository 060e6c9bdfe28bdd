package dev.ade.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.spi.Connector;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Verified;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables of another Iceberg catalog as sources.
class IcebergSourceTest {
    private static final Schema ORDERS =
            new Schema(
                    NestedField.required(1, "id", Types.IntegerType.get()),
                    NestedField.optional(2, "city", Types.StringType.get()));

    private final OtherCatalog other;
    private final Lab shop;

    IcebergSourceTest(@TempDir Path folder) {
        this.other = new OtherCatalog(folder.resolve("other"));
        this.shop = new Lab(folder.resolve("shop"), "2126-01-01T00:00:00Z");
    }

    @AfterEach
    void stop() {
        other.close();
    }

    private void load(String more) {
        shop.file("shop/sources.yml", other.sources(more));
    }

    private Table orders() {
        Table table = other.create("orders", ORDERS, Map.of());
        other.append(table, "select 1 as id, 'Lima' as city union all select 2, 'Oslo'");
        return table;
    }

    private List<String> loaded() {
        return shop.sql(
                "select * exclude (_batch_id, _loaded_at, _source) from sales.orders order by id");
    }

    @Test
    void a_table_is_loaded_once_a_snapshot() {
        Table table = orders();
        load("");
        shop.run();

        assertThat(shop.sql("select _source from sales.orders order by id"))
                .first()
                .asString()
                .startsWith("sales.orders of 127.0.0.1:")
                .contains(", snapshot " + table.currentSnapshot().snapshotId());
        assertThat(shop.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        other.append(table, "select 3 as id, 'Rome' as city");
        assertThat(shop.run().published()).hasSize(1);
        assertThat(loaded()).containsExactly("1|Lima", "2|Oslo", "3|Rome");
    }

    @Test
    void a_table_without_a_snapshot_has_its_columns() {
        Table table = other.create("orders", ORDERS, Map.of());
        load(", mode: append");
        shop.run();
        assertThat(loaded()).isEmpty();

        other.append(table, "select 3 as id, 'Rome' as city");
        shop.run();
        assertThat(loaded()).containsExactly("3|Rome");
    }

    @Test
    void columns_are_found_by_their_ids() {
        Schema schema =
                new Schema(
                        NestedField.required(1, "id", Types.IntegerType.get()),
                        NestedField.optional(2, "a", Types.StringType.get()),
                        NestedField.optional(3, "b", Types.StringType.get()),
                        NestedField.optional(
                                4,
                                "place",
                                Types.StructType.of(
                                        NestedField.optional(5, "x", Types.IntegerType.get()),
                                        NestedField.optional(6, "y", Types.IntegerType.get()))),
                        NestedField.optional(
                                7,
                                "lines",
                                Types.ListType.ofOptional(
                                        8,
                                        Types.StructType.of(
                                                NestedField.optional(
                                                        9, "qty", Types.IntegerType.get())))),
                        NestedField.optional(
                                10,
                                "tags",
                                Types.MapType.ofOptional(
                                        11,
                                        12,
                                        Types.StringType.get(),
                                        Types.StructType.of(
                                                NestedField.optional(
                                                        13, "w", Types.IntegerType.get())))));
        Table table = other.create("orders", schema, Map.of());
        String select =
                "select 1::int as id, 'of a' as a, 'of b' as b, {'x': 10, 'y': 20} as place, [{'qty': 5}] as lines, map {'k': {'w': 7}} as tags";
        other.append(table, select);
        table.updateSchema()
                .renameColumn("a", "c")
                .renameColumn("b", "a")
                .renameColumn("place.x", "z")
                .renameColumn("place.y", "x")
                .renameColumn("lines.element.qty", "number")
                .renameColumn("tags.value.w", "weight")
                .updateColumn("id", Types.LongType.get())
                .addColumn("later", Types.StringType.get())
                .commit();
        load("");

        shop.run();

        assertThat(loaded())
                .containsExactly("1|of a|of b|{z=10, x=20}|[{number=5}]|{k={weight=7}}|null");
        assertThat(shop.sql("select typeof(id) from sales.orders")).containsExactly("BIGINT");
    }

    @Test
    void a_column_that_gets_another_name_is_loaded_without_a_snapshot() {
        Table table = orders();
        load("");
        shop.run();
        table.updateSchema().renameColumn("city", "town").commit();

        shop.run();

        assertThat(shop.sql("select town from sales.orders where id = 1")).containsExactly("Lima");
    }

    @Test
    void only_what_came_since_is_appended() {
        Table table = orders();
        load(", mode: append");
        shop.run();
        other.append(table, "select 3 as id, 'Rome' as city");
        other.append(table, "select 4 as id, 'Bonn' as city");
        compact(table);

        shop.run();

        assertThat(loaded()).containsExactly("1|Lima", "2|Oslo", "3|Rome", "4|Bonn");
        assertThat(shop.sql("select _source from sales.orders group by 1")).hasSize(2);
        assertThat(shop.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
        compact(table);
        shop.run();
        assertThat(loaded()).hasSize(4);
        load(", mode: append, scope: all, insecure: true");
        assertThat(shop.run().results())
                .singleElement()
                .extracting(StepResult::step)
                .isInstanceOf(Step.Check.class);
        assertThat(shop.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    /// The same rows in another file.
    private void compact(Table table) {
        DataFile all =
                other.file(
                        table,
                        "select * from (values (1, 'Lima'), (2, 'Oslo'), (3, 'Rome'), (4, 'Bonn')) t(id, city)");
        RewriteFiles rewrite = table.newRewrite().addFile(all);
        files(table).forEach(rewrite::deleteFile);
        rewrite.commit();
        table.refresh();
    }

    private static Set<DataFile> files(Table table) {
        Set<DataFile> files = new HashSet<>();
        table.newScan().planFiles().forEach(task -> files.add(task.file()));
        return files;
    }

    @Test
    void rows_that_changed_cannot_be_appended_until_all_are_loaded_again() {
        Table table = orders();
        load(", mode: append");
        shop.run();
        overwrite(table, "select 1 as id, 'Cusco' as city");

        assertThat(failure(shop.run()))
                .startsWith(
                        "Cannot load sales.orders: what was appended since the last load cannot be told: snapshot %d (overwrite) changed or removed rows since"
                                .formatted(table.currentSnapshot().snapshotId()));
        assertThat(loaded()).containsExactly("1|Lima", "2|Oslo");

        RunRequest again =
                new RunRequest(
                        List.of(), List.of(), RunRequest.Refresh.FULL, Optional.empty(), "test");
        shop.with(ade -> ade.run(again, RunListener.NONE));
        assertThat(loaded()).containsExactly("1|Cusco");
    }

    private void overwrite(Table table, String select) {
        table.newOverwrite()
                .overwriteByRowFilter(Expressions.alwaysTrue())
                .addFile(other.file(table, select))
                .commit();
        table.refresh();
    }

    private static String failure(RunReport report) {
        assertThat(report.results())
                .singleElement()
                .satisfies(result -> assertThat(result.state()).isEqualTo(StepResult.State.FAILED));
        return report.results().getFirst().message();
    }

    @Test
    void rows_that_changed_are_merged_by_their_key() {
        Table table = orders();
        load(", mode: merge, key: id");
        shop.run();
        other.append(table, "select 2 as id, 'Bergen' as city");
        assertThat(shop.run().results())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.rowsRead()).isEqualTo(1);
                    assertThat(it.notes()).isEmpty();
                });
        overwrite(table, "select 1 as id, 'Cusco' as city");

        assertThat(shop.run().results().getFirst().notes())
                .containsExactly(
                        "all rows were read again: snapshot %d (overwrite) changed or removed rows since"
                                .formatted(table.currentSnapshot().snapshotId()));
        assertThat(loaded()).containsExactly("1|Cusco", "2|Bergen");
    }

    @Test
    void what_cannot_be_appended_says_why() {
        Table table = orders();
        long first = table.currentSnapshot().snapshotId();
        load(", mode: append");
        shop.run();
        other.append(table, "select 3 as id, 'Rome' as city");
        table.expireSnapshots().expireSnapshotId(first).commit();

        assertThat(failure(shop.run()))
                .contains("snapshots since %d have expired".formatted(first));

        other.catalog().dropTable(TableIdentifier.of("sales", "orders"));
        orders();
        assertThat(failure(shop.run())).contains("it is another table under the same name");
    }

    @Test
    void what_was_rolled_back_cannot_be_appended() {
        Table table = orders();
        long first = table.currentSnapshot().snapshotId();
        other.append(table, "select 3 as id, 'Rome' as city");
        long second = table.currentSnapshot().snapshotId();
        load(", mode: append");
        shop.run();
        table.manageSnapshots().rollbackTo(first).commit();
        table.refresh();
        other.append(table, "select 4 as id, 'Bonn' as city");

        assertThat(failure(shop.run()))
                .contains("snapshot %d, up to which it was, was rolled back".formatted(second));
    }

    @Test
    void a_catalog_is_named_once_and_its_tables_are_looked_at() {
        orders();
        shop.file(
                "ade.yml",
                "name: shop\nconnections: {lakehouse: {iceberg: \"%s\"}}\n"
                        .formatted(other.address()));

        assertThat(shop.with(ade -> ade.tables("lakehouse")).orElseThrow())
                .containsExactly(
                        new Connector.Listed(
                                "sales.orders",
                                OptionalLong.of(2),
                                List.of(),
                                Optional.empty(),
                                List.of("id", "city")));
        Loader.Inspection seen =
                shop.with(ade ->
                        ade.inspect(
                                "lakehouse:sales.orders",
                                TableName.of("sales", "orders"),
                                Map.of()));
        assertThat(seen.rowsSampled()).isEqualTo(2);
        assertThat(seen.notes())
                .contains(
                        "Rows: 2",
                        "Load: 1 snapshot only added rows, so mode: append reads no row twice");
        shop.file("shop/sources.yml", seen.yaml());
        shop.run();
        assertThat(loaded()).containsExactly("1|Lima", "2|Oslo");
    }

    @Test
    void personal_columns_stop_at_the_door() {
        Table table =
                other.create(
                        "orders",
                        new Schema(NestedField.optional(1, "email", Types.StringType.get())),
                        Map.of());
        other.append(table, "select 'ann@example.org' as email");
        load("");
        shop.run();

        assertThat(shop.sql("select email from sales.orders"))
                .singleElement()
                .asString()
                .isNotEqualTo("null")
                .doesNotContain("ann");
    }

    @Test
    void a_plan_says_how_the_columns_differ() {
        Table table = orders();
        load("");
        shop.run();
        table.updateSchema().renameColumn("city", "town").commit();

        List<String> warnings =
                shop.with(ade -> ade.review(RunRequest.everything("test")).plan().warnings());

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith(
                        "sales.orders: column 'city' is not in the source, and 'town' (varchar) is new");
    }

    @Test
    void what_was_loaded_is_compared_with_what_is_there_now() {
        Table table = orders();
        load(", mode: append");
        shop.run();
        assertThat(verified().isEqual()).isTrue();
        other.append(table, "select 3 as id, 'Rome' as city");
        assertThat(verified().isEqual()).isFalse();
    }

    private Verified verified() {
        List<Verified> found = new ArrayList<>();
        shop.with(ade -> {
            ade.verify(
                    RunRequest.everything("test"),
                    Loader.Depth.ROWS,
                    verdict -> found.add(verdict.found().orElseThrow()));
            return found;
        });
        return found.getFirst();
    }
}
