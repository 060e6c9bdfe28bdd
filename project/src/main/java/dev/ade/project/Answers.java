package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Definition;
import dev.ade.jinja.None;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.project.cache.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers the questions of traces from the project as it is now. Thread-safe.
final class Answers {
    private final Basics basics;
    private final Macros macros;
    private final Names names;
    private final Nodes nodes;
    private final Map<Question, String> known = new ConcurrentHashMap<>();

    Answers(Basics basics, Macros macros, Names names) {
        this.basics = basics;
        this.macros = macros;
        this.names = names;
        this.nodes = new Nodes(basics, names);
    }

    /// One hash of the answers to questions that anybody may ask.
    ///
    /// @return empty where a question has no answer any more
    Optional<Fingerprint> shared(List<Question> questions) {
        return hashed(List.of(), questions, this::answer);
    }

    /// The same with the questions of one model after them; who refers to what is noted on the way, as rendering would.
    ///
    /// @param shared answers to the others
    /// @param self the model that asks, before it has a name
    Optional<Fingerprint> all(Fingerprint shared, List<Question> questions, ModelFile self) {
        return questions.isEmpty()
                ? Optional.of(shared)
                : hashed(List.of(shared.hex()), questions, question -> found(question, self));
    }

    private static Optional<Fingerprint> hashed(
            List<String> first, List<Question> questions, Function<Question, String> answer) {
        try {
            List<String> answers = new ArrayList<>(first);
            questions.forEach(question -> answers.add(answer.apply(question)));
            return Optional.of(Fingerprint.of(answers));
        } catch (AdeException | IllegalStateException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /// Many models ask these, and the answers stay for the whole reading.
    private String answer(Question question) {
        return known.computeIfAbsent(question, this::found);
    }

    private String found(Question question) {
        List<String> words = question.words();
        return switch (question.kind()) {
            case NAME -> name(words.getFirst(), words.get(1));
            case MACRO -> macro(macros.in(words.getFirst(), words.get(1)));
            case DISPATCHED ->
                    macro(
                            macros.dispatched(
                                    words.getFirst(),
                                    words.get(1),
                                    words.size() > 2
                                            ? Optional.of(words.get(2))
                                            : Optional.empty()));
            case VAR -> var(words.getFirst(), words.get(1));
            case TARGET -> plain(basics.common(words.getFirst()).get("target"));
            case REACHED -> macros.reached(Set.copyOf(words)).hex();
            case REF, SOURCE, NODE, EPHEMERAL, DATASET ->
                    throw new IllegalStateException(question.kind() + " is about one model");
        };
    }

    private String found(Question question, ModelFile self) {
        List<String> words = question.words();
        return switch (question.kind()) {
            case REF -> ref(words);
            case SOURCE -> source(words);
            case NODE -> node(model(words.getFirst(), self));
            case EPHEMERAL -> ephemeral(model(words.getFirst(), self));
            case DATASET ->
                    String.valueOf(names.isDataset(TableName.of(words.getFirst(), words.get(1))));
            case NAME, MACRO, DISPATCHED, VAR, TARGET, REACHED -> answer(question);
        };
    }

    private String name(String owner, String name) {
        Optional<Definition> macro = macros.plain(owner, name);
        return macro.isPresent() ? macro(macro) : "not ours " + macros.isPackage(name);
    }

    private String macro(Optional<Definition> macro) {
        return macro.map(macros::hash).orElse("none");
    }

    private String var(String owner, String name) {
        Object known = basics.common(owner).get("var");
        if (!(known instanceof Callable var)) {
            throw new IllegalStateException("var is always there");
        }
        Undefinedness absent = new Undefinedness();
        Object value;
        try {
            value = var.call(new Arguments(List.of(name, absent), Map.of()));
        } catch (AdeException e) {
            return "not to be had without macros";
        }
        return value instanceof Undefinedness ? "absent" : plain(Values.plain(value));
    }

    /// Stands for a default that nobody has given.
    private static final class Undefinedness {}

    private String ref(List<String> words) {
        Optional<String> place = Optional.of(words.get(1)).filter(text -> !text.isEmpty());
        List<String> texts = words.subList(2, words.size());
        Optional<String> version = Optional.empty();
        if (texts.getLast().startsWith(Names.VERSION)) {
            version = Optional.of(texts.getLast().substring(Names.VERSION.length()));
            texts = texts.subList(0, texts.size() - 1);
        }
        TableName found = names.ref(texts, version, place);
        if (!words.getFirst().isEmpty()) {
            names.addReference(TableName.parse(words.getFirst()), found);
        }
        return found + (names.ephemeral(found).isPresent() ? " e" : "");
    }

    private String source(List<String> words) {
        TableName found = names.source(words.getFirst(), words.get(1));
        if (!words.get(2).isEmpty()) {
            names.addReference(TableName.parse(words.get(2)), found);
        }
        return found.toString();
    }

    private ModelFile model(String name, ModelFile self) {
        return name.equals(self.name().toString())
                ? self
                : names.model(TableName.parse(name))
                        .orElseThrow(() -> new IllegalStateException("there is no " + name));
    }

    private String node(ModelFile file) {
        return plain(nodes.model(file));
    }

    private static String plain(@Nullable Object value) {
        return hash(value).orElseThrow(() -> new IllegalStateException("it is not plain")).hex();
    }

    private String ephemeral(ModelFile file) {
        Fingerprint text =
                file.body().hash().orElseThrow(() -> new IllegalStateException("it is not a file"));
        return Fingerprint.of(
                        text,
                        file.file().owner(),
                        file.file().domain(),
                        plain(file.config().values()))
                .hex();
    }

    /// @return empty for what is not plain
    static Optional<Fingerprint> hash(@Nullable Object value) {
        return Plain.bytes(sorted(value)).map(Fingerprint::ofBytes);
    }

    /// Maps have the order of their keys, as config that came together otherwise is the same.
    static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case None _ -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> entries = new TreeMap<>();
                map.forEach((key, item) -> entries.put(String.valueOf(key), sorted(item)));
                yield entries;
            }
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(sorted(item)));
                yield items;
            }
            default -> value;
        };
    }
}
