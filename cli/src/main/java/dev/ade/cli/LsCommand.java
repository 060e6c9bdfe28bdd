package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.ResourceJson;
import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.model.Wording;
import dev.ade.run.Conduct;
import dev.ade.run.RunRequest;
import dev.ade.spi.Resource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        aliases = "list",
        description = "Lists what is in the project, or what a selector selects. Opens no data.",
        footer = {
            "",
            "Examples:",
            "  ade ls                                       everything, in a form that selects it",
            "  ade ls -s +orders --resource-type model      what orders is made from",
            "  ade ls -s state:modified+ --output name      what changed, and what is made from it",
            "  ade ls --resource-type analysis              analyses, which are not listed by default",
            "  ade ls --output json --output-keys name resource_type | jq .name"
        })
final class LsCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Mixin private TypeOptions types = new TypeOptions();

    @Mixin private IndirectOption indirect = new IndirectOption();

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description =
                    "A line each: selector (the default), name, path, or json (an object a line).")
    private Form form = Form.SELECTOR;

    @Option(
            names = "--output-keys",
            paramLabel = "KEY",
            arity = "1..*",
            description = "Only these keys of the JSON object.")
    private List<String> keys = List.of();

    private enum Form {
        SELECTOR,
        NAME,
        PATH,
        JSON;

        @Override
        public String toString() {
            return Wording.of(this);
        }
    }

    LsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        RunRequest request =
                selection
                        .request(RunRequest.Refresh.CHANGED, shell.command())
                        .choosing(indirect.indirect())
                        .with(
                                new Conduct(
                                        types.listed(),
                                        Conduct.OnFailure.GO_ON,
                                        FailureStorage.NONE));
        try (Ade ade = shell.opener().apply(project.options())) {
            List<Resource> found = ade.list(request);
            lines(ade, found).distinct().forEach(shell.out()::println);
            shell.out().flush();
            if (found.isEmpty()) {
                shell.err().println("note: nothing is selected");
            }
            ade.docs().manifest().ifPresent(it -> shell.err().println("note: " + it));
            return 0;
        }
    }

    private Stream<String> lines(Ade ade, List<Resource> found) {
        return switch (form) {
            case SELECTOR -> found.stream().map(Resource::selector);
            case NAME -> found.stream().map(Resource::label);
            case PATH -> found.stream().map(Resource::file);
            case JSON -> objects(found, ade.docs().nodes(found));
        };
    }

    private Stream<String> objects(
            List<Resource> found, List<Map<String, @Nullable Object>> nodes) {
        List<String> wanted =
                keys.stream().flatMap(key -> Stream.of(key.split("[,\\s]+", -1))).toList();
        return IntStream.range(0, found.size())
                .mapToObj(i -> ResourceJson.line(found.get(i), nodes.get(i), wanted));
    }
}
