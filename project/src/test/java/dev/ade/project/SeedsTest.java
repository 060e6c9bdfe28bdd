package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {
    @Test
    void hooks_of_a_seed_are_warned_of(@TempDir Path root) {
        try (Folder folder = new Folder(root.resolve("estate"))) {
            folder.file("dbt_project.yml", "name: shop\nseeds: {+post-hook: 'select 1'}\n")
                    .file("seeds/colours.csv", "id\n1\n");

            assertThat(folder.read().project().warnings())
                    .containsExactly(
                            "seeds/colours.csv: hooks of seeds are not run; write a model that reads it");
        }
    }
}
