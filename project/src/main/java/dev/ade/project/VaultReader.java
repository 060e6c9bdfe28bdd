package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.Retention;
import dev.ade.model.VaultSpec;
import java.util.Map;

/// Reads `vault: {keep: 7 years}`.
final class VaultReader {
    private static final String KEEP = "keep";

    private static final String WAY_OUT = "Write vault: {keep: 7 years}";

    private VaultReader() {}

    static VaultSpec read(Object written, Location location) {
        try {
            return new VaultSpec(Retention.period(keep(written)), location);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(location) : e;
        }
    }

    private static String keep(Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            throw AdeException.user(
                    "Cannot read vault: it does not say how long originals are kept", WAY_OUT);
        }
        for (Object key : map.keySet()) {
            if (!KEEP.equals(key)) {
                throw AdeException.user(
                        "Cannot read vault: it has no '%s'".formatted(key), WAY_OUT);
            }
        }
        Object keep = map.get(KEEP);
        if (keep == null) {
            throw AdeException.user(
                    "Cannot read vault: it does not say how long originals are kept", WAY_OUT);
        }
        return keep.toString();
    }
}
