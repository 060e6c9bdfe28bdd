package dev.ade.store.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.spi.Connector;
import dev.ade.testkit.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationsTest {
    private static final String ELSEWHERE = "https://catalog.example:8181";

    private static Locations of(String catalog, Map<String, Object> more) {
        Connector.Request request = Requests.iceberg(catalog, more);
        return new Locations(request, RestSettings.of(request));
    }

    @Test
    void a_catalog_of_this_machine_names_any_file_of_it() {
        assertThat(of("http://127.0.0.1:8181", Map.of()).path("file:///lake/1.parquet"))
                .isEqualTo(Path.of("/lake/1.parquet"));
    }

    @Test
    void a_catalog_of_another_machine_names_no_file_of_this_one() {
        for (String location : List.of("file:///etc/passwd", "file:/etc/passwd", "/etc/passwd")) {
            assertThatThrownBy(() -> of(ELSEWHERE, Map.of()).path(location))
                    .hasMessage(
                            "Cannot load sales.orders: its files lie at %s on this machine, and its catalog is on another",
                            location);
        }
    }

    @Test
    void but_those_of_a_folder_that_is_declared(@TempDir Path folder) throws IOException {
        Path lake = Files.createDirectory(folder.resolve("lake"));
        Path file = Files.writeString(lake.resolve("1.parquet"), "");
        Path secret = Files.writeString(folder.resolve("secret"), "");
        Path link = Files.createSymbolicLink(lake.resolve("2.parquet"), secret);
        Locations locations = of(ELSEWHERE, Map.of("local", lake.toString()));

        assertThat(locations.path("file://" + file)).isEqualTo(file);
        for (Object outside : List.of(secret, lake + "/../secret", lake + "/../gone", link)) {
            assertThatThrownBy(() -> locations.path(outside.toString()))
                    .hasMessageEndingWith("on this machine, and its catalog is on another");
        }
    }

    @Test
    void the_folder_is_a_path_from_the_root() {
        assertThatThrownBy(() -> of(ELSEWHERE, Map.of("local", "lake")))
                .hasMessage("Cannot load sales.orders: local is no absolute path, was 'lake'");
    }
}
