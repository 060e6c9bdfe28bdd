package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The habits of the repository, read from its files.
class TidyTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern ENTRY = Pattern.compile("Start at [^.]+");
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)`");
    private static final int LINES_MAX = 600;

    @Test
    void links_of_documents_lead_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Repository.files(".md")) {
            Matcher links = LINK.matcher(Files.readString(file));
            while (links.find()) {
                if (!Files.exists(file.resolveSibling(links.group(1)))) {
                    broken.add(Repository.root().relativize(file) + " -> " + links.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void sources_have_no_tabs_no_blanks_at_line_ends_and_no_loose_ends() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            String text = Files.readString(file);
            String name = Repository.root().relativize(file).toString();
            note(wrong, name + ": a tab", text, has("\t"));
            note(wrong, name + ": a blank at a line's end", text, TidyTest::hasTrailingBlank);
            note(wrong, name + ": " + "TO" + "DO", text, has("TO" + "DO"));
            note(
                    wrong,
                    name + ": longer than " + LINES_MAX,
                    text,
                    all -> all.lines().count() > LINES_MAX);
            note(wrong, name + ": prints a stack trace", text, has("print" + "StackTrace()"));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void sources_lie_in_the_folder_of_their_package() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            Matcher declared = PACKAGE.matcher(Files.readString(file));
            if (file.toString().contains("/src/")
                    && declared.find()
                    && !file.endsWith(
                            declared.group(1).replace('.', '/') + "/" + file.getFileName())) {
                wrong.add(Repository.root().relativize(file) + ": package " + declared.group(1));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void rooms_are_entered_by_types_that_are_there() throws IOException {
        List<Path> sources = Repository.files(".java");
        List<String> wrong = new ArrayList<>();
        for (Path file : Repository.files("package-info.java")) {
            Matcher entry = ENTRY.matcher(Files.readString(file));
            Matcher named = TYPE.matcher(entry.find() ? entry.group() : "");
            while (named.find()) {
                String type = "/" + named.group(1) + ".java";
                boolean isThere =
                        sources.stream()
                                .anyMatch(source ->
                                        source.startsWith(file.getParent())
                                                && source.toString().endsWith(type));
                if (!isThere) {
                    wrong.add(Repository.root().relativize(file) + ": " + named.group(1));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_guard_sees_what_is_wrong() {
        List<String> wrong = new ArrayList<>();
        note(wrong, "blank", "int a; \n", TidyTest::hasTrailingBlank);
        note(wrong, "tab", "\tint a;", has("\t"));
        assertThat(wrong).containsExactly("blank", "tab");
    }

    @Test
    void no_registry_is_named() throws IOException {
        List<String> hosts =
                List.of(
                        "repo1." + "maven",
                        "repo.maven.apache" + ".org",
                        "registry." + "npmjs",
                        "deb." + "debian");
        List<String> wrong = new ArrayList<>();
        for (Path file : Repository.files("")) {
            if (Files.size(file) < 1 << 20 && !file.toString().endsWith(".parquet")) {
                String text =
                        new String(
                                Files.readAllBytes(file),
                                java.nio.charset.StandardCharsets.ISO_8859_1);
                hosts.stream()
                        .filter(text::contains)
                        .forEach(host -> wrong.add(file + ": " + host));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void note(
            List<String> wrong, String what, String text, Predicate<String> isWrong) {
        if (isWrong.test(text)) {
            wrong.add(what);
        }
    }

    private static Predicate<String> has(String part) {
        return text -> text.contains(part);
    }

    /// Text blocks may end a line with a blank that belongs to them; they write it `\s`.
    private static boolean hasTrailingBlank(String text) {
        return text.lines().anyMatch(line -> line.endsWith(" "));
    }
}
