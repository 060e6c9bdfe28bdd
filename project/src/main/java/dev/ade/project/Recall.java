package dev.ade.project;

import dev.ade.model.Fingerprint;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.cache.ContentCache;
import dev.ade.project.cache.Plain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What renderings gave in earlier readings, as long as all that they looked at is as it was. Thread-safe.
///
/// What is kept of a rendering: the questions it asked, one hash of all the answers, and what came of it; never its text.
/// Of YAML what it says is kept, before anything in it is rendered.
final class Recall {
    private final Optional<ContentCache> cache;
    private final Answers answers;
    private final Confidential confidential;

    /// Hashes of the answers to what is asked by many, by where the questions are kept.
    private final Map<Fingerprint, Optional<Fingerprint>> sharedAnswers = new ConcurrentHashMap<>();

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
                        .filter(it -> isAsItWas(it, self))
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
        Optional<Fingerprint> text = self.body().hash();
        if (text.isEmpty()) {
            return text;
        }
        List<@Nullable Object> all = new ArrayList<>();
        all.add(what);
        all.add(text.get().hex());
        all.add(file.owner().orElse(null));
        all.add(file.domain().orElse(null));
        all.add(file.within());
        all.add(self.name().namespace());
        all.add(self.name().name());
        all.add(Answers.sorted(self.config().values()));
        return Plain.bytes(all).map(Fingerprint::ofBytes);
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

    /// @param shared under which the questions are kept that anybody may ask: many models ask the same ones
    /// @param own questions about the model
    /// @param hash of all answers
    private record Known(Fingerprint shared, List<Question> own, Fingerprint hash, Object value) {}

    private record Made(Trace trace, Object value) {}

    private boolean isAsItWas(Known known, ModelFile self) {
        return answers(known.shared())
                .flatMap(shared -> answers.all(shared, known.own(), self))
                .filter(known.hash()::equals)
                .isPresent();
    }

    private Optional<Fingerprint> answers(Fingerprint shared) {
        return sharedAnswers.computeIfAbsent(
                shared,
                key ->
                        cache.orElseThrow()
                                .find(key)
                                .flatMap(Recall::questions)
                                .flatMap(answers::shared));
    }

    private void keep(Fingerprint key, ModelFile self, Made made) {
        Optional<byte[]> bytes =
                made.trace().isLost() || confidential.isIn(made.value())
                        ? Optional.empty()
                        : bytes(made, self);
        ContentCache into = cache.orElseThrow();
        bytes.ifPresentOrElse(some -> into.put(key, some), () -> into.forget(key));
    }

    private Optional<byte[]> bytes(Made made, ModelFile self) {
        Map<Boolean, List<Question>> questions =
                made.trace().questions().stream()
                        .collect(Collectors.partitioningBy(Question::isShared));
        List<Question> shared = Objects.requireNonNull(questions.get(true));
        List<Question> own = Objects.requireNonNull(questions.get(false));
        return answers.shared(shared)
                .flatMap(hash -> answers.all(hash, own, self))
                .flatMap(hash -> {
                    List<@Nullable Object> all = new ArrayList<>();
                    all.add(keep(shared).hex());
                    all.add(plain(own));
                    all.add(hash.hex());
                    all.add(made.value());
                    return Plain.bytes(all);
                });
    }

    private Fingerprint keep(List<Question> shared) {
        byte[] bytes = Plain.bytes(plain(shared)).orElseThrow();
        Fingerprint key = Fingerprint.of("questions", Fingerprint.ofBytes(bytes));
        cache.orElseThrow().put(key, bytes);
        return key;
    }

    private static List<List<String>> plain(List<Question> questions) {
        return questions.stream().map(Question::plain).toList();
    }

    private static Optional<Known> read(byte[] bytes) {
        try {
            if (Plain.value(bytes) instanceof List<?> all
                    && all.size() == 4
                    && all.getFirst() instanceof String shared
                    && all.get(1) instanceof List<?> own
                    && all.get(2) instanceof String hash) {
                return Optional.of(
                        new Known(
                                new Fingerprint(shared),
                                parsed(own),
                                new Fingerprint(hash),
                                Objects.requireNonNull(all.getLast())));
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Question>> questions(byte[] bytes) {
        try {
            return Plain.value(bytes) instanceof List<?> asked
                    ? Optional.of(parsed(asked))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Question> parsed(List<?> asked) {
        List<Question> questions = new ArrayList<>(asked.size());
        for (Object one : asked) {
            questions.add(Question.parse(one instanceof List<?> words ? words : List.of()));
        }
        return questions;
    }
}
