package dev.ade.store.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class FieldSqlTest {
    private static final NestedField CITY = NestedField.optional(2, "city", Types.StringType.get());

    private static String sql(NestedField wanted, ParquetField... file) {
        return new FieldSql(new ParquetField("file", 0, List.of(file)), Map.of(2, "'Lima'"))
                .columns(List.of(wanted), "f");
    }

    private static ParquetField field(String name, int id, ParquetField... children) {
        return new ParquetField(name, id, List.of(children));
    }

    @Test
    void a_column_is_found_by_its_id_and_else_constant() {
        assertThat(sql(CITY, field("city", 1), field("to\"wn", 2)))
                .isEqualTo("cast(f.\"to\"\"wn\" as VARCHAR) as \"city\"");
        assertThat(sql(CITY, field("city", 1))).isEqualTo("cast('Lima' as VARCHAR) as \"city\"");
    }

    @Test
    void names_that_differ_in_case_alone_cannot_be_told_apart() {
        assertThatThrownBy(() -> sql(CITY, field("city", 2), field("City", 3)))
                .isInstanceOf(FieldSql.Unreadable.class)
                .hasMessage("it has two columns named 'City'");
    }

    @Test
    void a_list_without_ids_within_is_not_guessed() {
        NestedField cities =
                NestedField.optional(
                        1, "cities", Types.ListType.ofOptional(2, Types.StringType.get()));
        assertThat(sql(cities, field("cities", 1, field("element", 2))))
                .isEqualTo("cast(f.\"cities\" as VARCHAR[]) as \"cities\"");
        assertThatThrownBy(() -> sql(cities, field("cities", 1, field("array", 0))))
                .hasMessage("'cities' has no field ids within");
        assertThatThrownBy(() -> sql(CITY, field("city", 2, field("element", 3))))
                .hasMessage("column 'city' is of another shape there");
    }
}
