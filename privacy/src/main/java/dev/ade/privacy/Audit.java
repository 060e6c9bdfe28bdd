package dev.ade.privacy;

import java.time.Instant;

/// Lines of the file that says what was revealed when and why: one JSON object each, without the value.
final class Audit {
    private Audit() {}

    static String line(Instant at, String realm, String token, String reason) {
        return """
        {"at":"%s","user":%s,"realm":%s,"token":%s,"reason":%s}\
        """
                .formatted(
                        at,
                        json(System.getProperty("user.name", "")),
                        json(realm),
                        json(token),
                        json(reason));
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
