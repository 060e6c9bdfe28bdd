package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.AdeException;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "source",
        description =
                "Looks at files and tables, declares them, says how old sources are, and compares them with what is published.",
        footer = {
            "",
            "Examples:",
            "  ade source inspect 'landing/orders-*.csv'",
            "  ade source add shop.orders 'landing/orders-*.csv'",
            "  ade source freshness",
            "  ade source verify shop.orders"
        })
final class SourceCommand extends Group {
    /// What both subcommands take.
    static final class ReaderOptions {
        @Option(
                names = {"-O", "--option"},
                paramLabel = "NAME=VALUE",
                description = "An option of the reader, such as delim=; or header=false.")
        private Map<String, String> options = Map.of();

        Map<String, Object> options() {
            return new LinkedHashMap<>(options);
        }

        /// As they are typed, behind what stands before them.
        String words() {
            return options.entrySet().stream()
                    .map(option -> " -O " + quoted(option.getKey() + "=" + option.getValue()))
                    .collect(Collectors.joining());
        }
    }

    /// As a shell takes it whatever is in it.
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    @Command(
            name = "inspect",
            description = "Reads a sample of files or of a table and proposes a declaration.",
            footer = {
                "",
                "Examples:",
                "  ade source inspect 'landing/orders-*.csv'",
                "  ade source inspect warehouse:public.orders",
                "  ade source inspect data/people.csv --name crm.people -O delim=';'"
            })
    static final class Inspect implements Callable<Integer> {
        private static final String DOMAIN = "raw";

        private final Shell shell;

        @Mixin private ProjectOptions project = new ProjectOptions();

        @Mixin private ReaderOptions reader = new ReaderOptions();

        @Parameters(
                paramLabel = "PATTERN",
                description = {
                    "Files, as a path or with * and **; a connection of ade.yml, to list its",
                    "tables; or one of these, as connection:table."
                })
        private String pattern = "";

        @Option(
                names = "--name",
                paramLabel = "DATASET",
                description =
                        "What the proposal calls it; by default raw and the name of the file.")
        private Optional<String> name = Optional.empty();

        @Option(names = "--json", description = "Print it as one JSON object.")
        private boolean json;

        Inspect(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            TableName table = name.map(TableName::parse).orElseGet(() -> named(pattern));
            try (Ade ade = shell.opener().apply(project.options())) {
                Optional<List<Connector.Listed>> tables = ade.tables(pattern);
                if (tables.isPresent()) {
                    if (json) {
                        Json.print(shell.out(), out -> InspectionJson.write(out, tables.get()));
                    } else {
                        list(tables.get());
                    }
                    return 0;
                }
                Loader.Inspection inspection = ade.inspect(pattern, table, reader.options());
                if (json) {
                    Json.print(shell.out(), out -> InspectionJson.write(out, inspection));
                    return 0;
                }
                print(inspection);
                shell.out()
                        .println(
                                shell.screen()
                                        .dim(
                                                "Write it with: ade source add %s %s%s"
                                                        .formatted(
                                                                name.orElse("DOMAIN.NAME"),
                                                                quoted(pattern),
                                                                reader.words())));
            }
            return 0;
        }

        private void list(List<Connector.Listed> tables) {
            Grid grid =
                    new Grid(
                                    shell.screen(),
                                    List.of("table", "rows", "columns", "key", "says what is new"))
                            .right(1)
                            .right(2)
                            .openEnd();
            tables.forEach(table ->
                    grid.row(
                            List.of(
                                    table.name(),
                                    table.rows().isPresent()
                                            ? Words.number(table.rows().getAsLong())
                                            : "?",
                                    Words.number(table.columns().size()),
                                    String.join(", ", table.key()),
                                    table.cursor().orElse(""))));
            grid.print(shell.out());
            shell.out().println();
            shell.out()
                    .println(
                            shell.screen()
                                    .dim(
                                            "Look into one with: ade source inspect %s:TABLE"
                                                    .formatted(pattern)));
        }

        /// `landing/orders-*.csv` → `raw.orders`; `shop:public.orders` → `raw.orders`.
        static TableName named(String pattern) {
            String table =
                    pattern.matches("\\w+:[^/]*") ? pattern.replaceFirst(".*[:.]", "") : pattern;
            String file = table.substring(table.lastIndexOf('/') + 1);
            String stem = file.split("[.*?\\[{]", 2)[0].toLowerCase(Locale.ROOT);
            String plain = stem.replaceAll("[^a-z0-9]+", "_").replaceAll("^[0-9_]+|_[0-9_]*$", "");
            return new TableName(DOMAIN, plain.isEmpty() ? "files" : plain);
        }

        private void print(Loader.Inspection inspection) {
            Grid grid =
                    new Grid(
                                    shell.screen(),
                                    List.of(
                                            "column",
                                            "type",
                                            "nulls",
                                            "distinct",
                                            "class",
                                            "treatment",
                                            "evidence"))
                            .right(2)
                            .right(3)
                            .openEnd();
            inspection.columns().forEach(column -> grid.row(cells(column)));
            grid.print(shell.out());
            shell.out().println();
            shell.out().println(Wording.count(inspection.rowsSampled(), "row") + " looked at");
            inspection.notes().forEach(note -> shell.out().println("  " + Words.oneLine(note)));
            shell.out().println();
            shell.out().println(inspection.yaml().stripTrailing());
            shell.out().println();
        }

        private List<String> cells(Loader.InspectedColumn column) {
            boolean none = column.dataClass().equals("none");
            return List.of(
                    column.name(),
                    column.type().toLowerCase(Locale.ROOT),
                    column.nullShare() == 0
                            ? ""
                            : String.format(Locale.ROOT, "%.1f%%", 100 * column.nullShare()),
                    Words.number(column.distinct()),
                    none ? "" : shell.screen().yellow(column.dataClass()),
                    none ? "" : column.treatment(),
                    none ? "" : column.evidence());
        }
    }

    @Command(
            name = "add",
            description =
                    "Proposes a declaration and writes it into the sources.yml of the domain.",
            footer = {
                "",
                "Examples:",
                "  ade source add shop.orders 'landing/orders-*.csv'",
                "  ade source add crm.people data/people.csv -O delim=';'"
            })
    static final class Add implements Callable<Integer> {
        private final Shell shell;

        @Mixin private ProjectOptions project = new ProjectOptions();

        @Mixin private ReaderOptions reader = new ReaderOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "The dataset, as domain.name.")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "PATTERN",
                description = "Files, as a path or with * and **, or a table, as connection:table.")
        private String pattern = "";

        Add(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            TableName table = TableName.parse(name);
            try (Ade ade = shell.opener().apply(project.options())) {
                refuseWhatIsThere(ade.project(), table);
                String yaml = ade.inspect(pattern, table, reader.options()).yaml();
                Path file = project.root().resolve(table.namespace()).resolve("sources.yml");
                new SourcesFile(file).add(table, yaml);
                shell.out().println(yaml.stripTrailing());
                shell.out().println();
                shell.out()
                        .println(
                                "Written to %s. Look at the types and the privacy, then: ade run %s"
                                        .formatted(file, table));
            }
            return 0;
        }

        private static void refuseWhatIsThere(Project project, TableName table) {
            Optional<String> owner =
                    Optional.ofNullable(project.sources().get(table))
                            .map(source -> source.location().toString())
                            .or(() ->
                                    Optional.ofNullable(project.models().get(table))
                                            .map(model -> model.file()));
            if (owner.isPresent()) {
                throw AdeException.user(
                        "Cannot add %s: %s declares it already".formatted(table, owner.get()),
                        "Change it there, or choose another name");
            }
        }
    }
}
