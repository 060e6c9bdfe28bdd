package dev.ade.project;

import dev.ade.project.Question.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What renderings wanted to know, so that it can be seen later whether they would give the same again. Used by one
/// thread.
final class Trace {
    private static final int QUESTIONS_MAX = 10_000;

    private final Set<Question> questions = new LinkedHashSet<>();
    private boolean isLost;

    void add(Kind kind, String... words) {
        add(Question.of(kind, words));
    }

    void add(Question question) {
        if (questions.size() < QUESTIONS_MAX) {
            questions.add(question);
        } else {
            lose();
        }
    }

    /// Says that something was used that no question asks again: the time, say, or a word to the user.
    void lose() {
        isLost = true;
    }

    /// Whether the questions do not say all that the text followed from.
    boolean isLost() {
        return isLost;
    }

    List<Question> questions() {
        return List.copyOf(questions);
    }
}
