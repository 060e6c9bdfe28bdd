package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.run.PastRuns;
import dev.ade.run.RunRequest;
import dev.ade.run.build.AskedDatabase;
import dev.ade.run.build.HookRun;
import dev.ade.run.build.Sessions;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Compiler.State;
import dev.ade.spi.LakeView;
import dev.ade.spi.Manifest;
import dev.ade.spi.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compiles against what is published.
final class Templates implements AdeTemplates {
    private static final int NAMED_MAX = 5;

    private final Wiring wiring;
    private final CompiledProject compiled;
    private final LakeView published;
    private final Consumer<String> says;

    /// @param says told what templates print
    Templates(Wiring wiring, Consumer<String> says) {
        this.wiring = wiring;
        this.says = says;
        this.compiled = wiring.compiled();
        this.published = wiring.lake().read(wiring.existingEnvironment());
    }

    @Override
    public List<Compiled> compile(RunRequest request) {
        List<Resource> resources = chosen(request);
        Path target =
                compiled.manifest()
                        .map(Manifest::folder)
                        .orElseGet(() -> compiled.project().root().resolve("target"));
        CompiledFiles files = new CompiledFiles(target, resources);
        return asking(database -> {
            List<Compiled> all = new ArrayList<>();
            for (Resource resource : resources) {
                sql(resource, request, database)
                        .ifPresent(sql ->
                                all.add(new Compiled(resource, sql, files.write(resource, sql))));
            }
            return all;
        });
    }

    @Override
    public String compile(String template) {
        return asking(database -> compiled.compileInline(template, database));
    }

    @Override
    public Shown show(RunRequest request) {
        Resource one = one(chosen(request));
        return new Shown(one.name(), asking(database -> rows(one, request, database)));
    }

    /// What is selected without its checks; those where nothing else is.
    private static Resource one(List<Resource> selected) {
        List<Resource> plain = selected.stream().filter(it -> !it.type().isTest()).toList();
        List<Resource> found = plain.isEmpty() ? selected : plain;
        if (found.size() != 1) {
            String names =
                    found.stream()
                            .limit(NAMED_MAX)
                            .map(Resource::selector)
                            .collect(Collectors.joining(", "));
            throw AdeException.user(
                    "Cannot show %d things at once: %s%s"
                            .formatted(found.size(), names, found.size() > NAMED_MAX ? ", …" : ""),
                    "Select one: ade ls lists what there is");
        }
        return found.getFirst();
    }

    private String rows(Resource resource, RunRequest request, Compiler.Database database) {
        boolean isStored =
                resource.type() == Resource.Type.SEED || resource.type() == Resource.Type.SOURCE;
        if (isStored) {
            return "select * from " + resource.dataset().map(TableName::quoted).orElseThrow();
        }
        if (isCode(resource)) {
            throw AdeException.user(
                    "Cannot show %s before it is built: it is Java, which only a run runs"
                            .formatted(resource.selector()),
                    "Run it, then ask: ade sql \"from %s limit 5\""
                            .formatted(resource.dataset().orElseThrow()));
        }
        return sql(resource, request, database)
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot show %s: it has no query of its own"
                                        .formatted(resource.selector()),
                                "Show a model, a seed, a source, a snapshot or a test that is a query"));
    }

    private Optional<Model> model(Resource resource) {
        return resource.dataset().map(compiled.project().models()::get);
    }

    private boolean isCode(Resource resource) {
        return model(resource).flatMap(compiled::code).isPresent();
    }

    private Optional<String> sql(
            Resource resource, RunRequest request, Compiler.Database database) {
        if (isCode(resource)) {
            return Optional.empty();
        }
        Optional<Model> model = model(resource);
        boolean isThere =
                request.refresh() == RunRequest.Refresh.CHANGED
                        && resource.dataset().flatMap(published::state).isPresent();
        Situation situation =
                new Situation(
                        isThere ? State.EXISTING : State.NEW,
                        model.flatMap(it -> it.kind().intervalGrain())
                                .map(_ -> Situation.CANONICAL));
        return compiled.compile(resource, situation.with(database));
    }

    @Override
    public void call(String macro, Map<String, Object> arguments) {
        asking(database -> {
            compiled.call(new Compiler.Call(macro, arguments), database);
            return macro;
        });
    }

    private List<Resource> chosen(RunRequest request) {
        return new Chosen(compiled, new PastRuns(published, wiring.engine())).resources(request);
    }

    private <T> T asking(Function<Compiler.Database, T> work) {
        Sessions sessions = new Sessions(wiring.engine());
        sessions.prepare(HookRun.preparing(compiled.hooks().before()));
        try (AskedDatabase database = new AskedDatabase(sessions, published)) {
            return wiring.saying(says, () -> work.apply(database));
        }
    }
}
