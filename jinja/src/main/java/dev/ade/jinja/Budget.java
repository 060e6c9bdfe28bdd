package dev.ade.jinja;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.function.Function;

/// What is left of the limits of the rendering that runs on this thread.
final class Budget {
    private static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    private final Limits limits;
    private long steps;
    private int depth;
    private long output;

    private Budget(Limits limits) {
        this.limits = limits;
    }

    /// Does the work within the budget of the rendering around it, or of the limits where there is
    /// none.
    static <T> T within(Limits limits, String file, Function<Budget, T> work) {
        if (CURRENT.isBound()) {
            return work.apply(CURRENT.get());
        }
        Budget budget = new Budget(limits);
        try {
            return ScopedValue.where(CURRENT, budget).call(() -> work.apply(budget));
        } catch (StackOverflowError _) {
            throw error(Location.of(file), "calls or values are too deep inside one another");
        } catch (Problem e) {
            throw error(Location.of(file), e.reason());
        } catch (Return e) {
            throw error(Location.of(file), String.valueOf(e.getMessage()));
        }
    }

    static AdeException error(Location at, String reason) {
        return AdeException.user(
                        "Cannot render " + at.file() + ": " + reason,
                        "Correct the template at this place")
                .at(at);
    }

    /// Counts work that is done outside of the evaluator: items of a list, say.
    static void spend(long count) {
        if (CURRENT.isBound()) {
            CURRENT.get().steps(count);
        }
    }

    /// Checks and counts the length of a string that is about to be made.
    static void spendText(long characters) {
        if (CURRENT.isBound()) {
            Budget budget = CURRENT.get();
            budget.checkText(characters);
            budget.steps(characters / 32 + 1);
        }
    }

    /// Checks a length without counting it: the string is still growing.
    static void checkGrowing(long characters) {
        if (CURRENT.isBound()) {
            CURRENT.get().checkText(characters);
        }
    }

    private void checkText(long characters) {
        if (characters > limits.outputCharacters()) {
            throw new Problem("a text is longer than " + limits.outputCharacters() + " characters");
        }
    }

    void step() {
        if (++steps > limits.steps()) {
            throw tooManySteps();
        }
    }

    private void steps(long count) {
        steps += count;
        if (count < 0 || steps > limits.steps()) {
            throw tooManySteps();
        }
    }

    private Problem tooManySteps() {
        return new Problem("it takes more than " + limits.steps() + " steps");
    }

    void enter() {
        if (depth >= limits.depth()) {
            throw new Problem("calls are more than " + limits.depth() + " deep inside one another");
        }
        depth++;
    }

    void leave() {
        depth--;
    }

    void output(int characters) {
        output += characters;
        if (output > 4L * limits.outputCharacters()) {
            throw new Problem("the text of all parts is too long");
        }
        checkText(characters);
    }
}
