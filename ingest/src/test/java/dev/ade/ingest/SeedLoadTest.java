package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.SourceTable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns of seeds.
class SeedLoadTest {
    private Yard yard;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        yard = new Yard(folder);
    }

    @AfterEach
    void close() {
        yard.close();
    }

    private static SourceTable seed(String file) {
        SourceTable source = Declared.files(file).replace().source();
        return new SourceTable(
                source.name(),
                SourceTable.Origin.SEED,
                source.load(),
                source.columns(),
                source.undeclared(),
                source.drift(),
                source.eventTime(),
                source.layout(),
                source.freshness(),
                source.description(),
                source.tags(),
                source.location());
    }

    @Test
    void columns_of_a_seed_may_be_called_as_those_of_a_load() {
        yard.put("in/a.csv", "id,_loaded_at,_SOURCE\n1,2026-01-02 03:04:05,till\n");
        yard.load(seed("in/a.csv"));
        assertThat(yard.sql("select * from shop.orders"))
                .containsExactly("1|2026-01-02T03:04:05|till");

        yard.put("in/a.csv", "id,_loaded_at,_SOURCE,more\n2,2026-01-03 03:04:05,web,x\n");
        yard.load(seed("in/a.csv"));
        assertThat(yard.sql("select * from shop.orders"))
                .containsExactly("2|2026-01-03T03:04:05|web|x");
    }

    @Test
    void a_seed_has_the_columns_of_its_file_in_their_order_and_no_others() {
        yard.put("in/a.csv", "id,name,size\n1,a,5\n");
        yard.load(seed("in/a.csv"));
        yard.put("in/a.csv", "more,size,id\nx,6,2\ny,7,3\n");
        yard.load(seed("in/a.csv"));

        assertThat(yard.sql("select * from shop.orders order by id"))
                .containsExactly("x|6|2", "y|7|3");
    }

    @Test
    void the_name_of_the_batch_is_taken() {
        yard.put("in/a.csv", "id,_batch_id\n1,2\n");
        assertThatThrownBy(() -> yard.load(seed("in/a.csv")))
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot load shop.orders: a column is named '_batch_id', as one of ADE's own")
                .hasFieldOrPropertyWithValue(
                        "nextStep", "Give it another name in the first line of the file");
    }

    @Test
    void of_other_tables_all_are_taken() {
        yard.put("in/a.csv", "id,_source\n1,2\n");
        assertThatThrownBy(() -> yard.load(Declared.files("in/a.csv")))
                .hasMessage(
                        "Cannot load shop.orders: a column is named '_source', as one of ADE's own")
                .hasFieldOrPropertyWithValue(
                        "nextStep",
                        "Give it another name under columns: {name: …, aliases: [_source]}");

        yard.load(Declared.files("in/a.csv").called("origin", "_source"));
        assertThat(yard.sql("select id, origin from shop.orders")).containsExactly("1|2");
    }
}
