package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Engine;
import dev.ade.spi.Lineage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageTest {
    private static final Map<TableName, Schema> SCHEMAS =
            Map.of(
                    TableName.parse("shop.orders"),
                    schema(
                            """
                            id bigint, customer_id varchar, amount decimal(18,2), ts timestamp, tags varchar[], \
                            addr struct(zip varchar, geo struct(lat double, lon double))\
                            """),
                    TableName.parse("shop.customers"),
                    schema("id varchar, name varchar, city varchar"));

    private Path scratch;
    private Engine engine;

    @BeforeAll
    void open(@TempDir Path folder) {
        scratch = folder;
        engine = Engines.open(scratch);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    /// The cases of `lineage-cases.txt`, one test each.
    @TestFactory
    List<DynamicTest> cases() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String block : resource().split("### ", -1)) {
            List<String> lines = block.strip().lines().toList();
            if (lines.isEmpty() || lines.getFirst().startsWith("#")) {
                continue;
            }
            String query = lines.getFirst();
            tests.add(
                    DynamicTest.dynamicTest(
                            query,
                            () ->
                                    assertThat(said(engine.lineage(query, SCHEMAS)))
                                            .isEqualTo(lines.subList(1, lines.size()))));
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests;
    }

    @Test
    void what_duckdb_cannot_show_is_known_by_datasets() throws IOException {
        Path file = scratch.resolve("x.csv");
        Files.writeString(file, "a,b\n1,2\n");
        Lineage lineage =
                engine.lineage(
                        "select o.id, x.a from shop.orders o, read_csv('%s') x".formatted(file),
                        SCHEMAS);

        assertThat(lineage.isExact()).isFalse();
        assertThat(lineage.unknown())
                .isEqualTo("DuckDB cannot show the plan: CSVReaderSerialize not implemented");
        assertThat(lineage.datasets()).containsExactly(TableName.parse("shop.orders"));
        assertThat(lineage.schema().names()).containsExactly("id", "a");
    }

    @Test
    void a_query_that_does_not_bind_is_the_users_mistake() {
        assertThatThrownBy(() -> engine.lineage("select nope from shop.orders", SCHEMAS))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("Referenced column \"nope\" not found");
        assertThatThrownBy(() -> engine.lineage("select * from shop.gone", SCHEMAS))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void leaves_nothing_behind() {
        TableName name = TableName.parse("shop.orders");
        Lineage first = engine.lineage("select * from shop.orders", SCHEMAS);
        Lineage second =
                engine.lineage("select * from shop.orders", Map.of(name, schema("other integer")));

        assertThat(first.schema().names()).contains("amount");
        assertThat(second.schema().names()).containsExactly("other");
    }

    private static List<String> said(Lineage lineage) {
        List<String> said = new ArrayList<>();
        for (Lineage.OutputColumn column : lineage.columns()) {
            said.add(
                    "%s = %s   <- %s"
                            .formatted(
                                    column.column().name(),
                                    column.expression(),
                                    said(column.uses()))
                            .strip());
        }
        said.add(("rows: " + said(lineage.rows())).strip());
        return said;
    }

    private static String said(List<Lineage.Use> uses) {
        return uses.stream()
                .map(use ->
                        "%s.%s:%s"
                                .formatted(
                                        use.input().dataset().name(),
                                        use.input().columnPath(),
                                        use.role()))
                .collect(Collectors.joining(", "));
    }

    private static String resource() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        LineageTest.class.getResourceAsStream("lineage-cases.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Schema schema(String columns) {
        return new Schema(((Type.Struct) Type.parse("struct(" + columns + ")")).fields());
    }
}
