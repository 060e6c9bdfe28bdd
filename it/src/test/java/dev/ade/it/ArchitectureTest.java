package dev.ade.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What Maven's modules cannot see.
class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.ade");

    private static final ArchRule NO_CLOCK =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.ade.app..", "dev.ade.cli..", "dev.ade.bench..")
                    .should()
                    .callMethod(Instant.class, "now")
                    .because("time is handed in, so that tests can set it");

    @Test
    void time_is_handed_in() {
        NO_CLOCK.check(CLASSES);
    }

    @Test
    void the_rule_about_time_can_fail() {
        JavaClasses bad = new ClassFileImporter().importClasses(AsksTheTime.class);
        assertThatThrownBy(() -> NO_CLOCK.check(bad)).isInstanceOf(AssertionError.class);
    }

    /// What `NO_CLOCK` must not let through.
    static final class AsksTheTime {
        private AsksTheTime() {}

        static Instant now() {
            return Instant.now();
        }
    }

    @Test
    void each_library_has_one_home() {
        only("org.duckdb..", "dev.ade.duck..");
        only("org.apache.iceberg..", "dev.ade.store..");
        only("org.apache.datasketches..", "dev.ade.quality..");
        only("com.google.crypto.tink..", "dev.ade.privacy..");
        // templates of APIs are YAML, too
        only("org.snakeyaml..", "dev.ade.project..", "dev.ade.ingest.rest..");
        only("picocli..", "dev.ade.cli..");
    }

    private static void only(String library, String... homes) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .and()
                .resideOutsideOfPackage("dev.ade.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void modules_have_no_cycles() {
        slices().matching("dev.ade.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /// `docs/architecture.md` names the classes from Main to an implementation, each of which uses the next.
    @Test
    void the_readers_path_is_true() throws IOException {
        String text = Files.readString(Repository.root().resolve("docs/architecture.md"));
        String path =
                text.substring(
                        text.indexOf("## The reader's path"), text.indexOf("## What a run is"));
        Matcher names = Pattern.compile("`(dev\\.ade\\.[a-z.]+\\.([A-Z]\\w+))").matcher(path);
        List<String> classes = names.results().map(match -> match.group(1)).distinct().toList();
        assertThat(classes).hasSizeGreaterThanOrEqualTo(6);
        for (String name : classes) {
            assertThat(CLASSES.contain(name)).as(name).isTrue();
        }
    }

    @Test
    void every_package_says_what_lives_there() throws IOException {
        for (Path source : Repository.files("src/main/java")) {
            if (source.toString().endsWith(".java")) {
                assertThat(source.resolveSibling("package-info.java")).exists();
            }
        }
    }
}
