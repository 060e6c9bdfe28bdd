package dev.ade.quality.check;

import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.Assertion.AcceptedValues;
import dev.ade.model.Assertion.Contract;
import dev.ade.model.Assertion.KAnonymity;
import dev.ade.model.Assertion.Monitor;
import dev.ade.model.Assertion.NotNull;
import dev.ade.model.Assertion.Query;
import dev.ade.model.Assertion.Relationships;
import dev.ade.model.Assertion.Unique;
import dev.ade.model.Wording;
import java.util.regex.Pattern;

/// What a check found, in a sentence for people. Never says a value of a row.
final class Messages {
    /// Errors of the engine that quote the value they are about.
    private static final Pattern ABOUT_VALUES =
            Pattern.compile("Conversion Error|Invalid Input Error|Out of Range Error");

    private static final int REASON_MAX = 400;

    private Messages() {}

    static String holds(Assertion assertion) {
        return switch (assertion) {
            case NotNull it -> "every row has " + it.column();
            case Unique it -> "no value of %s occurs twice".formatted(it.column());
            case AcceptedValues it -> "every %s is accepted".formatted(it.column());
            case Relationships it -> "every %s is in %s".formatted(it.column(), it.to());
            case KAnonymity it ->
                    "%d rows or more share each %s"
                            .formatted(it.k(), String.join(", ", it.columns()));
            case Query _ -> "no row was found";
            case Contract it ->
                    "%s %s as declared"
                            .formatted(
                                    Wording.count(it.columns().size(), "column"),
                                    it.columns().size() == 1 ? "is" : "are");
            case Monitor _ -> "it holds";
        };
    }

    static String fails(Assertion assertion, long failures) {
        String rows = Wording.count(failures, "row");
        String have = failures == 1 ? "has" : "have";
        return switch (assertion) {
            case NotNull it -> "%s %s no %s".formatted(rows, have, it.column());
            case Unique it ->
                    "%s of %s %s more than once"
                            .formatted(
                                    Wording.count(failures, "value"),
                                    it.column(),
                                    failures == 1 ? "occurs" : "occur");
            case AcceptedValues it ->
                    "%s %s a value of %s that is not accepted".formatted(rows, have, it.column());
            case Relationships it ->
                    "%s %s a value of %s that is not in %s"
                            .formatted(rows, have, it.column(), it.to());
            case KAnonymity it ->
                    "%s of %s %s fewer than %d rows"
                            .formatted(
                                    Wording.count(failures, "group"),
                                    String.join(", ", it.columns()),
                                    have,
                                    it.k());
            case Query _ -> "%s found that should not be there".formatted(rows);
            case Contract _, Monitor _ -> "%s failed".formatted(rows);
        };
    }

    static String couldNotRun(AdeException error) {
        return "it could not be run: " + reason(error);
    }

    static String couldNotStore(AdeException error) {
        return "its failing rows could not be stored: " + reason(error);
    }

    /// Quotes no value.
    private static String reason(AdeException error) {
        String reason = String.valueOf(error.getMessage());
        if (ABOUT_VALUES.matcher(reason).find()) {
            return "a value does not fit the type that it is compared with or cast to";
        }
        String first = reason.lines().findFirst().orElse("");
        String plain = first.replaceFirst("^Cannot run the query: ", "");
        return plain.length() > REASON_MAX ? plain.substring(0, REASON_MAX) + "…" : plain;
    }
}
