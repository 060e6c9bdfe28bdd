package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A dataset as YAML names it: `ref('orders')`, `source('shop', 'orders')`, `orders` or `shop.orders`.
final class ReferenceText {
    private static final String TEXT = "\\s*['\"]([^'\"]+)['\"]\\s*";
    private static final Pattern CALL =
            Pattern.compile(
                    "\\s*(?:\\{\\{\\s*)?(ref|source)\\s*\\("
                            + TEXT
                            + "(?:,"
                            + TEXT
                            + ")?(?:,\\s*(?:v|version)\\s*=\\s*['\"]?([\\w.]+)['\"]?\\s*)?\\)\\s*(?:}})?\\s*");

    private ReferenceText() {}

    static boolean isCall(String text) {
        return CALL.matcher(text).matches();
    }

    static TableName resolve(String text, Names names) {
        Matcher matcher = CALL.matcher(text);
        if (!matcher.matches()) {
            return plain(text.strip(), names);
        }
        Optional<String> second = Optional.ofNullable(matcher.group(3));
        if (matcher.group(1).equals("ref")) {
            Optional<String> version = Optional.ofNullable(matcher.group(4));
            return second.map(name ->
                            names.ref(
                                    matcher.group(2),
                                    names.versioned(name, version),
                                    Optional.empty()))
                    .orElseGet(() ->
                            names.ref(
                                    Optional.empty(), names.versioned(matcher.group(2), version)));
        }
        return names.source(
                matcher.group(2),
                second.orElseThrow(() ->
                        AdeException.user(
                                "Cannot read %s: a source has two names".formatted(text.strip()),
                                "Write source('shop', 'orders')")));
    }

    private static TableName plain(String text, Names names) {
        if (text.contains(".")) {
            TableName name = TableName.parse(text);
            if (names.isDataset(name)) {
                return name;
            }
        }
        return names.ref(Optional.empty(), text);
    }
}
