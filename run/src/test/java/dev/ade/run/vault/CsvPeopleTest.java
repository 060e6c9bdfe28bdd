package dev.ade.run.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows taken out of CSV.
class CsvPeopleTest {
    private static final Wanted WANTED =
            Wanted.of(Map.of("ID", Set.of("42"), "mail", Set.of("é@x", "\"q\"@x")));

    @TempDir private Path folder;

    private String without(String text) throws IOException, People.Unsearchable {
        Path file = folder.resolve("a");
        Path copy = folder.resolve("b");
        Files.writeString(file, text);
        new CsvPeople(Optional.empty()).copyWithout(WANTED, file, copy);
        return Files.readString(copy);
    }

    @Test
    void leaves_out_rows_whose_column_has_the_value_and_no_other()
            throws IOException, People.Unsearchable {
        assertThat(without("id,n\n42,1\n41,42\n\"42\",3\n042.0,4\n142,5"))
                .isEqualTo("id,n\n41,42\n142,5");
        assertThat(without("\uFEFFn\tId\r\n1\t42\r\n2\t43\r\n"))
                .isEqualTo("\uFEFFn\tId\r\n2\t43\r\n");
        assertThat(without("n|mail\n1|é@x\n\"a\nb\"|z\n")).isEqualTo("n|mail\n\"a\nb\"|z\n");
        assertThat(without("n|mail\n1|\"\"\"q\"\"@x\"\n2|z\n")).isEqualTo("n|mail\n2|z\n");
        assertThat(without("a,b\n1,2\n")).as("no such column").isEqualTo("a,b\n1,2\n");
        assertThat(without("")).isEmpty();
    }

    @Test
    void leaves_out_broken_rows_that_show_the_value_anywhere()
            throws IOException, People.Unsearchable {
        assertThat(without("id,n\n1,42,x\n1,43,x\n7\n")).isEqualTo("id,n\n1,43,x\n7\n");
    }

    @Test
    void does_not_guess_whom_a_value_of_no_known_column_means() {
        assertThatThrownBy(() -> without("a,b\n1,2\n42,7\n"))
                .hasMessage("its first line names none of the columns");
    }

    @Test
    void says_what_it_cannot_read() throws IOException {
        assertThatThrownBy(() -> without("id,n\r42,2\r"))
                .hasMessage("its lines end by carriage returns alone");
        assertThatThrownBy(() -> without("id,n\n1,\"open\n42,2\n"))
                .hasMessage("a quote in it is never closed");
        Path latin = folder.resolve("latin");
        Files.write(latin, "id,n\n1,é\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() ->
                        new CsvPeople(Optional.empty())
                                .copyWithout(WANTED, latin, folder.resolve("c")))
                .hasMessage("it is not in UTF-8");
    }
}
