package dev.ade.privacy;

import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.model.Wording;
import dev.ade.privacy.Keyring.Purpose;
import dev.ade.spi.Privacy.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Compiles treatments to expressions and functions.
final class Treatments {
    private static final int HMAC_KEY_BYTES = 32;
    private static final int FPE_KEY_BYTES = 32;

    private final Keyring keyring;

    Treatments(Keyring keyring) {
        this.keyring = keyring;
    }

    /// Fails where `treatment` cannot be of `type`. Needs no key.
    static void check(Place place, Treatment treatment, Type type) {
        switch (treatment) {
            case Treatment.Keep _, Treatment.Drop _ -> {}
            case Treatment.Pseudonym pseudonym -> {
                FunctionNames.requireRealm(pseudonym.realm());
                requirePlain(place, treatment, type);
            }
            case Treatment.Token token -> {
                FunctionNames.requireRealm(token.realm());
                requirePlain(place, treatment, type);
            }
            case Treatment.FormatPreserving fpe -> {
                FunctionNames.requireRealm(fpe.realm());
                requireTextOrWhole(place, type);
            }
            case Treatment.Mask _ -> requirePlain(place, treatment, type);
            case Treatment.Generalise generalise -> {
                requirePlain(place, treatment, type);
                Coarse.of(place, generalise.to(), type);
            }
        }
    }

    Projection project(Place place, Treatment treatment, Type type) {
        check(place, treatment, type);
        return switch (treatment) {
            case Treatment.Keep _ -> sql(x -> x, type);
            case Treatment.Drop _ -> new Projection(Optional.empty(), type, List.of());
            case Treatment.Pseudonym pseudonym -> function(pseudonym(pseudonym.realm()), type);
            case Treatment.Mask mask ->
                    sql(x -> mask(Canonical.text(x, type), mask), Simple.VARCHAR);
            case Treatment.Generalise generalise -> Coarse.of(place, generalise.to(), type);
            case Treatment.Token token -> function(token(token.realm()), type);
            case Treatment.FormatPreserving fpe -> function(formatPreserving(fpe), type);
        };
    }

    /// Tokens say which version of the key they were made with; all other treatments hang on a root that stays.
    List<Projection> everyVersion(Place place, Treatment treatment, Type type) {
        if (!(treatment instanceof Treatment.Token(String realm))) {
            return List.of(project(place, treatment, type));
        }
        check(place, treatment, type);
        List<Projection> versions = new ArrayList<>();
        for (int version = 1; version <= keyring.tokenVersion(); version++) {
            versions.add(
                    function(
                            new TextFunction(
                                    FunctionNames.of(Purpose.TOKEN, realm, "v" + version),
                                    Simple.VARCHAR,
                                    new Tokens(keyring).maker(realm, version)),
                            type));
        }
        return versions;
    }

    /// A stored token as the newest key would make it; empty where there was only ever one.
    Optional<Projection> renewed(Treatment treatment) {
        if (!(treatment instanceof Treatment.Token(String realm)) || keyring.tokenVersion() == 1) {
            return Optional.empty();
        }
        return Optional.of(
                function(
                        new TextFunction(
                                FunctionNames.of(Purpose.TOKEN, realm, "renewed"),
                                Simple.VARCHAR,
                                new Tokens(keyring).renewer(realm)),
                        Simple.VARCHAR));
    }

    private TextFunction pseudonym(String realm) {
        Hmac hmac = new Hmac(keyring.stableKey(Purpose.PSEUDONYM, realm, HMAC_KEY_BYTES));
        return TextFunction.ofUtf8(
                FunctionNames.of(Purpose.PSEUDONYM, realm), Simple.UUID, hmac::uuid);
    }

    private TextFunction token(String realm) {
        return new TextFunction(
                FunctionNames.of(Purpose.TOKEN, realm),
                Simple.VARCHAR,
                new Tokens(keyring).maker(realm));
    }

    private TextFunction formatPreserving(Treatment.FormatPreserving fpe) {
        byte[] key = keyring.stableKey(Purpose.FPE, fpe.realm(), FPE_KEY_BYTES);
        return new TextFunction(
                FunctionNames.of(Purpose.FPE, fpe.realm(), Wording.of(fpe.alphabet())),
                Simple.VARCHAR,
                new FormatPreserver(key, fpe.alphabet())::encrypt);
    }

    /// What is not longer than what may be kept becomes `*` altogether.
    private static String mask(String x, Treatment.Mask mask) {
        int kept = mask.keepFirst() + mask.keepLast();
        return """
        case when length(%1$s) <= %2$d then repeat('*', length(%1$s)) \
        else left(%1$s, %3$d) || repeat('*', length(%1$s) - %2$d) || %4$s end\
        """
                .formatted(
                        x,
                        kept,
                        mask.keepFirst(),
                        mask.keepLast() == 0
                                ? "''"
                                : "right(%s, %d)".formatted(x, mask.keepLast()));
    }

    private static Projection function(TextFunction function, Type type) {
        return new Projection(
                Optional.of(x -> "%s(%s)".formatted(function.name(), Canonical.text(x, type))),
                function.result(),
                List.of(function));
    }

    private static Projection sql(UnaryOperator<String> expression, Type type) {
        return new Projection(Optional.of(expression), type, List.of());
    }

    private static void requirePlain(Place place, Treatment treatment, Type type) {
        if (type.isNested()) {
            throw place.misfit(
                    treatment.word(),
                    "a plain value",
                    type,
                    "Use privacy: drop, or privacy: keep for what is not personal");
        }
    }

    private static void requireTextOrWhole(Place place, Type type) {
        boolean fits =
                switch (type) {
                    case Simple simple ->
                            simple == Simple.VARCHAR
                                    || simple == Simple.INTEGER
                                    || simple == Simple.BIGINT;
                    case Type.Decimal decimal -> decimal.scale() == 0;
                    case Type.ListOf _, Type.Struct _, Type.MapOf _ -> false;
                };
        if (!fits) {
            throw place.misfit("fpe", "text or a whole number", type, "Use token or pseudonym");
        }
    }
}
