package dev.ade.model;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/// Numbers, constants and failures of files as people read and write them.
public final class Wording {
    private Wording() {}

    /// `1 row`, `1,204 rows`.
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        return noun.endsWith("sis") ? noun.substring(0, noun.length() - 2) + "es" : noun + "s";
    }

    /// Why a file or folder cannot be had; what Java says of it is often its path and nothing more.
    public static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission is denied";
            case NoSuchFileException _ -> "it is not there";
            case CharacterCodingException _ -> "it is no UTF-8";
            default -> String.valueOf(e.getMessage());
        };
    }

    /// The constant as projects, reports and ADE's own datasets spell it: `partly_published`.
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
