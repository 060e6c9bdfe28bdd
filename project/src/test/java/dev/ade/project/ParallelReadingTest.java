package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Project;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many threads read a project cannot be seen in what comes out.
final class ParallelReadingTest {
    private static final int MODELS = 60;

    private Folder folder;

    @BeforeEach
    void write(@TempDir Path root) {
        folder = new Folder(root.resolve("many"));
        folder.file("dbt_project.yml", "name: many\nconfig-version: 2\n")
                .file(
                        "macros/keys.sql",
                        """
                        {% macro key(column) %}{% do exceptions.warn('key of ' ~ column) %}md5({{ column }}){% endmacro %}
                        {% test small(model, column_name) %}select * from {{ model }} where {{ column_name }} > 9{% endtest %}
                        """);
        for (int i = 0; i < MODELS; i++) {
            folder.file("models/m%02d.sql".formatted(i), sql(i))
                    .file("models/m%02d.yml".formatted(i), properties(i));
        }
    }

    private static String sql(int model) {
        String input = model == 0 ? "(select 1 as id)" : "{{ ref('m%02d') }}".formatted(model / 2);
        return "{{ config(tags=['t%d']) }} select {{ key('id%d') }} as id from %s"
                .formatted(model % 7, model, input);
    }

    private static String properties(int model) {
        return """
        models:
          - name: m%02d
            colour: blue
            columns: [{name: id, data_tests: [unique, small]}]
          - name: gone%02d
        """
                .formatted(model, model);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private Project read(int cores) {
        return folder.reader(cores).read(folder.root, "prod", Map.of()).project();
    }

    @Test
    void many_threads_read_what_one_reads() {
        Project one = read(1);

        assertThat(one.models()).hasSize(MODELS);
        assertThat(one.checks()).hasSize(2 * MODELS);
        for (int round = 0; round < 3; round++) {
            Project many = read(4);
            assertThat(many.models()).isEqualTo(one.models());
            assertThat(many.checks()).isEqualTo(one.checks());
            assertThat(many.warnings()).isEqualTo(one.warnings());
        }
        assertThat(one.warnings())
                .contains(
                        "key of id0",
                        "models/m59.yml:3:13: 'colour' is not something ADE knows of a model",
                        "models/m59.yml:5:5: there is no model 'gone59'");
    }

    @Test
    void the_error_is_that_of_the_first_file() {
        for (int model : new int[] {59, 41, 17}) {
            folder.file("models/m%02d.sql".formatted(model), "select {{ nobody(1) }}");
            assertThatThrownBy(() -> read(4))
                    .isInstanceOfSatisfying(
                            AdeException.class,
                            e ->
                                    assertThat(String.valueOf(e.location()))
                                            .startsWith("models/m%02d.sql:".formatted(model)));
        }
    }
}
