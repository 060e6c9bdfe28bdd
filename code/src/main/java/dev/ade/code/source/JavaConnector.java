package dev.ade.code.source;

import dev.ade.code.Asked;
import dev.ade.code.JavaSource;
import dev.ade.code.Sink;
import dev.ade.code.compile.JavaSources;
import dev.ade.code.compile.JavaSources.ReadSource;
import dev.ade.code.run.Component;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.spi.CancelWatch;
import dev.ade.spi.Connector;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Has a class of the project read what it knows to read: `load: {java: sources/Weather.java}`. Its code is compiled when
/// it is looked at, and runs only when it is loaded.
public final class JavaConnector implements Connector {
    private static final String KEY = "java";

    private final Path root;
    private final JavaSources sources;
    private final Supplier<String> environment;

    /// @param root the project's folder
    /// @param cache where classes are kept
    /// @param environment the name of the one that runs are for
    /// @param libraries jars of Maven coordinates
    public JavaConnector(
            Path root, Path cache, Supplier<String> environment, Supplier<List<Path>> libraries) {
        this.root = root;
        this.sources = new JavaSources(root, cache, libraries);
        this.environment = environment;
    }

    /// Of code that is wrong it is what is wrong with it, so that it fails when it is read, and no other dataset with it.
    @Override
    public Fingerprint definition(LoadSpec.Outside load) {
        try {
            return source(load).version();
        } catch (AdeException e) {
            return switch (e.kind()) {
                case USER, RESOURCE -> Fingerprint.of("no source", e.explain());
                case DATA, CONFLICT, UNKNOWN, INTERNAL, CANCELLED -> throw e;
            };
        }
    }

    @Override
    public Offer look(Request request) {
        return Offer.ofAsking(() -> {
            source(request.load());
            return Offer.of("code is asked each time");
        });
    }

    /// Those of a record; the keys of maps are only known when they are read. What does not compile, `look` tells.
    @Override
    public Optional<List<Column>> columns(Request request) {
        Optional<Class<? extends Record>> row;
        try {
            row = source(request.load()).row();
        } catch (AdeException e) {
            return switch (e.kind()) {
                case USER, RESOURCE -> Optional.empty();
                case DATA, CONFLICT, UNKNOWN, INTERNAL, CANCELLED -> throw e;
            };
        }
        return row.map(type -> Component.schema(Component.of(type)).columns());
    }

    private ReadSource source(LoadSpec.Outside load) {
        return sources.read(String.valueOf(load.settings().get(KEY)));
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        ReadSource source = source(request.load());
        SourceFailures failures = new SourceFailures(source, request);
        Thread reading = Thread.currentThread();
        ClassLoader before = reading.getContextClassLoader();
        try (StagedSink sink = StagedSink.of(source, request, stage);
                CancelWatch _ = CancelWatch.of(stage.progress(), reading::interrupt)) {
            reading.setContextClassLoader(source.type().getClassLoader());
            read(source.type(), asked(request), sink);
            return sink.end();
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            throw stage.progress().isCancelled()
                    ? AdeException.cancelled("Cancelled")
                    : failures.of(e);
        } finally {
            reading.setContextClassLoader(before);
            var _ = Thread.interrupted();
        }
    }

    @SuppressWarnings(
            "unchecked") // the sink takes what the class says its rows are, and refuses all else
    private static void read(Class<? extends JavaSource<?>> type, Asked asked, Sink<?> sink)
            throws Exception {
        Constructor<? extends JavaSource<?>> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        ((JavaSource<Object>) constructor.newInstance()).read(asked, (Sink<Object>) sink);
    }

    private Asked asked(Request request) {
        Map<String, Object> settings = new HashMap<>(request.settings());
        settings.remove(KEY);
        return new Asked(
                request.source().name().toString(),
                environment.get(),
                settings,
                request.position(),
                request.now(),
                root);
    }
}
