package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.model.ColumnSpec;
import dev.ade.model.PrivacySpec;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.Privacy;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Privacy with the keys of a keyring. Deciding needs no key; projecting makes keys where a treatment needs them.
/// Thread-safe.
public final class KeyedPrivacy implements Privacy {
    /// Characters that the reason of a reveal may have.
    public static final int REASON_LENGTH_MAX = 500;

    private final Keyring keyring;
    private final Clock clock;

    public KeyedPrivacy(Keyring keyring, Clock clock) {
        this.keyring = keyring;
        this.clock = clock;
    }

    @Override
    public List<Decision> decide(TableName source, Declared declared, List<Sample> samples) {
        Map<String, PrivacySpec> specs = new HashMap<>();
        for (ColumnSpec column : declared.columns()) {
            column.privacy()
                    .ifPresent(spec -> specs.put(column.name().toLowerCase(Locale.ROOT), spec));
        }
        return new Decider(source, declared.undeclared(), specs).decide(samples);
    }

    @Override
    public Projection project(TableName source, Decision decision, Type type) {
        return new Treatments(keyring)
                .project(new Place(source, decision.column()), decision.treatment(), type);
    }

    @Override
    public List<Projection> everyVersion(TableName source, Decision decision, Type type) {
        return new Treatments(keyring)
                .everyVersion(new Place(source, decision.column()), decision.treatment(), type);
    }

    @Override
    public Optional<Projection> renewed(TableName source, Decision decision) {
        return new Treatments(keyring).renewed(decision.treatment());
    }

    @Override
    public String reveal(String realm, String token, String reason) {
        FunctionNames.requireRealm(realm);
        if (reason.isBlank() || reason.length() > REASON_LENGTH_MAX) {
            throw AdeException.user(
                    "Cannot reveal a token: a reason of 1 to %d characters is needed, was %d"
                            .formatted(REASON_LENGTH_MAX, reason.length()),
                    "Say why, for the audit log");
        }
        String value = new Tokens(keyring).reveal(realm, token);
        // Written before the value goes out, so nobody sees one without a trace.
        keyring.audit().append(Audit.line(clock.instant(), realm, token, reason));
        return value;
    }

    @Override
    public String valueClass(@Nullable String value) {
        return ValueClasses.of(value);
    }
}
