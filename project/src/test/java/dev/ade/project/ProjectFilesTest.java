package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {
    private Folder folder;

    @BeforeEach
    void open(@TempDir Path root) {
        folder = new Folder(root);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void files_that_are_out_of_place_are_warned_of() {
        folder.file("shop/sources.yml", "sources: []\n")
                .file("shop/n.sql", "select 1 as id")
                .file("shop/old.sql", "select 1 as id")
                .file("shop/model/m.sql", "select 1 as id")
                .file("shop/landing/l.sql", "select 1 as id")
                .file(".dbtignore", "old.sql\n")
                .file("tools/make.sql", "create table t (id int)")
                .file("make.sql", "create table t (id int)");
        assertThat(folder.read().project().warnings())
                .containsExactly(
                        "shop/model/ is not read: its files belong into shop/models/",
                        "shop/n.sql is not read: models belong into shop/models/");
    }
}
