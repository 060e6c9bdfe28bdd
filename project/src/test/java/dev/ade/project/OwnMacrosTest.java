package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.jinja.Definition;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OwnMacrosTest {
    @Test
    void every_name_leads_to_its_macro() {
        Set<String> names = OwnMacros.names();

        assertThat(names).contains("dateadd", "activity_stream", "materialization_table_default");
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(OwnMacros.find(name))
                                .map(OwnMacrosTest::name)
                                .as(name)
                                .hasValue(name));
    }

    private static String name(Definition definition) {
        return definition.tag().equals("materialization")
                ? Materializations.macro(definition)
                : definition.name();
    }

    @Test
    void all_macros_of_their_files_have_a_name() {
        Set<String> files =
                OwnMacros.names().stream()
                        .map(name -> OwnMacros.find(name).orElseThrow().location().file())
                        .collect(Collectors.toSet());

        assertThat(files).hasSize(12);
        assertThat(OwnMacros.find("no_such_macro")).isEmpty();
    }
}
