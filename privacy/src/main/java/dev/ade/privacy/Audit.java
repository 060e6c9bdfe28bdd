package dev.ade.privacy;

import dev.ade.model.JsonString;
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
                        JsonString.of(System.getProperty("user.name", "")),
                        JsonString.of(realm),
                        JsonString.of(token),
                        JsonString.of(reason));
    }
}
