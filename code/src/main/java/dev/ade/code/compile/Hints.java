package dev.ade.code.compile;

import dev.ade.code.JavaModel;
import dev.ade.code.library.LibraryHint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What to write where a compiler only says what is missing.
final class Hints {
    private static final int LIBRARIES_MAX = 3;
    private static final Pattern NO_PACKAGE = Pattern.compile("package (\\S+) does not exist.*");
    private static final Pattern NO_NAME =
            Pattern.compile("cannot find symbol, symbol: (?:class|variable) ([A-Z]\\w*)");

    private static final String OURS = "dev.ade.code";
    private static final List<String> PACKAGES =
            List.of(
                    OURS,
                    "java.util",
                    "java.time",
                    "java.math",
                    "java.nio.file",
                    "java.nio.charset",
                    "java.io",
                    "java.util.function",
                    "java.util.stream",
                    "java.util.regex",
                    "java.util.concurrent",
                    "java.time.format",
                    "java.time.temporal",
                    "java.net",
                    "java.net.http");

    private Hints() {}

    /// @param messages of the compiler, each in one line
    static List<String> of(List<String> messages) {
        List<String> hints = new ArrayList<>();
        Set<String> imports = new LinkedHashSet<>();
        names(messages, NO_NAME).forEach(name -> find(name).ifPresent(imports::add));
        if (!imports.isEmpty()) {
            hints.add("Add " + String.join(" ", imports));
        }
        names(messages, NO_PACKAGE).limit(LIBRARIES_MAX).map(LibraryHint::of).forEach(hints::add);
        return hints;
    }

    private static Stream<String> names(List<String> messages, Pattern pattern) {
        return messages.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct();
    }

    private static Optional<String> find(String name) {
        return PACKAGES.stream()
                .filter(one -> isThere(one + "." + name))
                .findFirst()
                .map(one -> "import %s.%s;".formatted(one, one.equals(OURS) ? "*" : name));
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, JavaModel.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
