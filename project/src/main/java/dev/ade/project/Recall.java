package dev.ade.project;

import dev.ade.model.Fingerprint;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.cache.ContentCache;
import dev.ade.project.cache.Plain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What renderings gave in earlier readings, as long as all that they looked at is as it was. Thread-safe.
///
/// What is kept of a rendering: the questions it asked, one hash of all the answers, and what came of it; never its text.
/// Of YAML what it says is kept, before anything in it is rendered.
final class Recall {
    private final Optional<ContentCache> cache;
    private final Answers answers;
    private final Confidential confidential;

    Recall(Optional<ContentCache> cache, Answers answers, Confidential confidential) {
        this.cache = cache;
        this.answers = answers;
        this.confidential = confidential;
    }

    /// Does the work, unless it is known what it gives.
    ///
    /// @param what kind of work it is; beside the model, its text, place and config it follows from what its trace asks
    /// @param self the model it is about
    /// @param type of what the work gives, which is kept where [Plain] can write it
    <R> R of(String what, ModelFile self, Class<R> type, Function<Trace, R> work) {
        Optional<Fingerprint> key = cache.isEmpty() ? Optional.empty() : key(what, self);
        if (key.isEmpty()) {
            return work.apply(new Trace());
        }
        Optional<R> known =
                cache.get()
                        .find(key.get())
                        .flatMap(Recall::read)
                        .filter(it -> answers.all(it.questions(), self).equals(it.hash()))
                        .map(Known::value)
                        .filter(type::isInstance)
                        .map(type::cast);
        if (known.isPresent()) {
            return known.get();
        }
        Trace trace = new Trace();
        R value = work.apply(trace);
        keep(key.get(), self, new Made(trace, value));
        return value;
    }

    /// Of all that the rendering of a file follows from without asking for it.
    private static Optional<Fingerprint> key(String what, ModelFile self) {
        ProjectFile file = self.file();
        Optional<Fingerprint> config = Answers.hash(self.config().values());
        return config.isEmpty()
                ? config
                : self.body()
                        .hash()
                        .map(text ->
                                Fingerprint.of(
                                        what,
                                        text,
                                        file.owner(),
                                        file.domain(),
                                        file.within(),
                                        self.name(),
                                        config.get()));
    }

    /// Parses a file, unless it was parsed before.
    Optional<Yaml> yaml(String path, String text) {
        if (cache.isEmpty()) {
            return Yaml.parse(path, text);
        }
        Fingerprint key = Fingerprint.of("yaml", path, text);
        Optional<byte[]> known = cache.get().find(key);
        if (known.isPresent()) {
            try {
                return YamlBytes.read(path, known.get());
            } catch (IllegalArgumentException e) {
                // It is parsed and kept anew.
            }
        }
        Optional<Yaml> tree = Yaml.parse(path, text);
        cache.get().put(key, YamlBytes.of(tree));
        return tree;
    }

    void save() {
        cache.ifPresent(ContentCache::save);
    }

    private record Known(List<Question> questions, Optional<Fingerprint> hash, Object value) {}

    private record Made(Trace trace, Object value) {}

    private void keep(Fingerprint key, ModelFile self, Made made) {
        Optional<byte[]> bytes =
                made.trace().isLost() || confidential.isIn(made.value())
                        ? Optional.empty()
                        : bytes(made, self);
        ContentCache into = cache.orElseThrow();
        bytes.ifPresentOrElse(some -> into.put(key, some), () -> into.forget(key));
    }

    private Optional<byte[]> bytes(Made made, ModelFile self) {
        List<Question> questions = made.trace().questions();
        return answers.all(questions, self)
                .flatMap(hash -> {
                    List<@Nullable Object> all = new ArrayList<>();
                    all.add(questions.stream().map(Question::plain).toList());
                    all.add(hash.hex());
                    all.add(made.value());
                    return Plain.bytes(all);
                });
    }

    private static Optional<Known> read(byte[] bytes) {
        try {
            if (Plain.value(bytes) instanceof List<?> all
                    && all.size() == 3
                    && all.getFirst() instanceof List<?> asked
                    && all.get(1) instanceof String hash) {
                List<Question> questions = new ArrayList<>();
                for (Object one : asked) {
                    questions.add(Question.parse(one instanceof List<?> words ? words : List.of()));
                }
                return Optional.of(
                        new Known(
                                questions,
                                Optional.of(new Fingerprint(hash)),
                                Objects.requireNonNull(all.getLast())));
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
