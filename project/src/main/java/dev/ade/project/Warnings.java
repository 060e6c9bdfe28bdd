package dev.ade.project;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What is odd about a project, in the order of its files, whichever threads look at them. Thread-safe.
final class Warnings extends AbstractList<String> {
    private static final ScopedValue<List<String>> ASIDE = ScopedValue.newInstance();

    private final List<String> texts = new ArrayList<>();

    /// What some work gave, and what it warned of meanwhile.
    record Noted<T>(T value, List<String> warnings) {}

    /// Keeps what the work warns of on this thread for somebody else to add.
    static <T> Noted<T> aside(Supplier<T> work) {
        List<String> warnings = new ArrayList<>();
        T value = ScopedValue.where(ASIDE, warnings).call(work::get);
        return new Noted<>(value, warnings);
    }

    @Override
    public boolean add(String text) {
        if (ASIDE.isBound()) {
            return ASIDE.get().add(text);
        }
        synchronized (texts) {
            return texts.add(text);
        }
    }

    @Override
    public String get(int index) {
        synchronized (texts) {
            return texts.get(index);
        }
    }

    @Override
    public int size() {
        synchronized (texts) {
            return texts.size();
        }
    }
}
