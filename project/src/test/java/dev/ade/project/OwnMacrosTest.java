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

        assertThat(names).contains("dateadd", "activity_stream");
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(OwnMacros.find(name))
                                .map(Definition::name)
                                .as(name)
                                .hasValue(name));
    }

    @Test
    void all_macros_of_their_files_have_a_name() {
        Set<String> files =
                OwnMacros.names().stream()
                        .map(name -> OwnMacros.find(name).orElseThrow().location().file())
                        .collect(Collectors.toSet());

        assertThat(files).hasSize(9);
        assertThat(OwnMacros.find("no_such_macro")).isEmpty();
    }
}
