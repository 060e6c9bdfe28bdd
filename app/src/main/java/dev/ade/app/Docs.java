package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.run.PastRuns;
import dev.ade.run.RunRequest;
import dev.ade.run.artifacts.Artifacts;
import dev.ade.run.site.ColumnFacts;
import dev.ade.run.site.Site;
import dev.ade.run.site.SiteData;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.DatasetState;
import dev.ade.spi.LakeView;
import dev.ade.spi.Manifest;
import dev.ade.spi.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes documentation from the project and what is published.
final class Docs implements AdeDocs {
    private final Wiring wiring;
    private final Clock clock;
    private final Supplier<ColumnFacts> facts;

    /// @param facts asked only where storage may be opened
    Docs(Wiring wiring, Clock clock, Supplier<ColumnFacts> facts) {
        this.wiring = wiring;
        this.clock = clock;
        this.facts = facts;
    }

    @Override
    public Optional<String> manifest() {
        return new DbtFiles(wiring, clock).manifest();
    }

    @Override
    public List<Map<String, @Nullable Object>> nodes(List<Resource> resources) {
        Manifest manifest = words();
        Map<String, @Nullable Object> tree = manifest.tree(clock.instant());
        Map<String, Map<String, @Nullable Object>> nodes = new HashMap<>();
        for (String kind : List.of("nodes", "sources", "exposures", "unit_tests")) {
            if (tree.get(kind) instanceof Map<?, ?> some) {
                some.forEach((id, node) -> nodes.put(String.valueOf(id), json(node)));
            }
        }
        return resources.stream()
                .map(resource -> manifest.id(resource).map(nodes::get).orElseGet(Map::of))
                .toList();
    }

    private static Map<String, @Nullable Object> json(@Nullable Object node) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> json.put(String.valueOf(key), value));
        }
        return json;
    }

    @Override
    public Path folder() {
        return words().folder();
    }

    private Manifest words() {
        return wiring.compiled().documentation().orElseThrow();
    }

    @Override
    public List<Path> generate(Order order) {
        try {
            return write(order);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot write documentation into %s: %s"
                                    .formatted(folder(), e.getMessage()),
                            "Make the folder writable, or name another one with DBT_TARGET_PATH")
                    .causedBy(e);
        }
    }

    private List<Path> write(Order order) throws IOException {
        Artifacts artifacts = new Artifacts(wiring.compiled(), words(), clock);
        Map<String, @Nullable Object> tree = artifacts.tree();
        List<Path> written = new ArrayList<>();
        if (order.manifest() == Files.WRITTEN) {
            artifacts.manifest(tree);
            written.add(folder().resolve("manifest.json"));
        }
        boolean isEmpty = order.catalog() == Catalog.EMPTY;
        Map<String, @Nullable Object> catalog =
                artifacts.catalogTree(isEmpty ? List.of() : states(order.request()));
        artifacts.catalog(catalog);
        written.add(folder().resolve("catalog.json"));
        Map<String, @Nullable Object> data =
                new SiteData(tree, catalog, isEmpty ? ColumnFacts.NONE : facts.get())
                        .of(wiring.environment().name());
        String html = Site.html(data);
        written.add(artifacts.page("index.html", html));
        if (order.page() == Page.STATIC) {
            written.add(artifacts.page("static_index.html", html));
        }
        return written;
    }

    private List<DatasetState> states(RunRequest request) {
        CompiledProject compiled = wiring.compiled();
        LakeView published = wiring.lake().read(wiring.existingEnvironment());
        if (request.select().isEmpty() && request.exclude().isEmpty()) {
            return published.states();
        }
        Set<TableName> chosen =
                compiled.select(
                        request.select(),
                        request.exclude(),
                        new PastRuns(published, wiring.engine()));
        return published.states().stream().filter(it -> chosen.contains(it.name())).toList();
    }
}
