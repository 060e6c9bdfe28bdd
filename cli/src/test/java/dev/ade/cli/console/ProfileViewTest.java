package dev.ade.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.TableName;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profile.Frequent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileViewTest {
    private static final long ROWS = 20_000;

    private static ColumnProfile column(double distinct, Frequent... frequent) {
        return new ColumnProfile(
                "code",
                "VARCHAR",
                ROWS,
                0,
                distinct,
                "a",
                "z",
                null,
                null,
                List.of(),
                List.of(frequent),
                List.of(),
                List.of(),
                new byte[0]);
    }

    private static String printed(ColumnProfile column) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ProfileView(new PrintStream(out, true, StandardCharsets.UTF_8), Screen.PLAIN)
                .print(TableName.parse("shop.orders"), new Profile(ROWS, List.of(column)));
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The counts are the middle of 1 and what a sample can miss.
    @Test
    void says_no_most_frequent_value_of_a_column_whose_values_may_all_differ() {
        assertThat(printed(column(19_400, new Frequent("k1", 4), new Frequent("k2", 4))))
                .doesNotContain("most frequent");
    }

    @Test
    void says_the_value_that_many_rows_of_such_a_column_have() {
        assertThat(printed(column(19_000, new Frequent("?", 1_000), new Frequent("k2", 4))))
                .contains("? (1,000)");
    }

    @Test
    void says_the_most_frequent_of_few_values() {
        assertThat(printed(column(6_000, new Frequent("a", 4)))).contains("a (4)");
    }
}
