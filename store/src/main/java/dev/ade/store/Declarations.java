package dev.ade.store;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Declaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What projects said about datasets, kept once however many pointers share it. A pointer names it in a property, so
/// that it goes wherever the pointer goes.
final class Declarations {
    /// The property of a pointer that names its declaration.
    static final String PROPERTY = "declaration";

    private static final char FRAME = ':';

    private final Catalog catalog;

    Declarations(Catalog catalog) {
        this.catalog = catalog;
    }

    static String id(Declaration declaration) {
        return Fingerprint.of(framed(declaration.queries()), Text.of(declaration.facts())).hex();
    }

    Optional<Declaration> find(Pointer pointer) {
        List<Declaration> found = new ArrayList<>();
        String id = pointer.properties().get(PROPERTY);
        if (id != null) {
            catalog.query(
                    "SELECT queries, facts FROM declaration WHERE declaration_id = ?",
                    result ->
                            found.add(
                                    new Declaration(
                                            unframed(result.getString(1)),
                                            Text.properties(result.getString(2)))),
                    id);
        }
        return found.stream().findFirst();
    }

    /// Within a transaction.
    void put(Declaration declaration) {
        String id = id(declaration);
        catalog.update("DELETE FROM declaration WHERE declaration_id = ?", id);
        catalog.update(
                "INSERT INTO declaration VALUES (?, ?, ?)",
                id,
                framed(declaration.queries()),
                Text.of(declaration.facts()));
    }

    /// Removes those that no pointer of any kind names. Within a transaction.
    void forgetUnused() {
        Set<String> unused = new HashSet<>();
        catalog.query(
                "SELECT declaration_id FROM declaration",
                result -> unused.add(result.getString(1)));
        catalog.everyPointer()
                .forEach(pointer -> unused.remove(pointer.properties().get(PROPERTY)));
        unused.forEach(
                id -> catalog.update("DELETE FROM declaration WHERE declaration_id = ?", id));
    }

    /// Each text after its length, so that no character has to be kept out of them.
    private static String framed(List<String> texts) {
        StringBuilder framed = new StringBuilder();
        texts.forEach(text -> framed.append(text.length()).append(FRAME).append(text));
        return framed.toString();
    }

    private static List<String> unframed(String framed) {
        List<String> texts = new ArrayList<>();
        int at = 0;
        while (at < framed.length()) {
            int frame = framed.indexOf(FRAME, at);
            int end = frame + 1 + Integer.parseInt(framed.substring(at, frame));
            texts.add(framed.substring(frame + 1, end));
            at = end;
        }
        return texts;
    }
}
