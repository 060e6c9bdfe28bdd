package dev.ade.project;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/// One time that somebody called ADE, as templates can learn of it.
///
/// @param id `invocation_id`
/// @param startedAt `run_started_at`, and what `now()` tells
/// @param says where `print(…)` and `log(…, info=true)` go
public record Invocation(String id, Instant startedAt, Consumer<String> says) {
    /// One whose id follows from when it began.
    public static Invocation at(Instant startedAt, Consumer<String> says) {
        UUID id =
                UUID.nameUUIDFromBytes(
                        startedAt.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Invocation(id.toString(), startedAt, says);
    }
}
