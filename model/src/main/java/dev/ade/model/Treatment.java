package dev.ade.model;

/// What happens to a personal column on its way in, before anything is stored.
public sealed interface Treatment {
    /// Keyed pseudonyms and tokens are equal for equal values within a realm, so joins work across sources.
    String DEFAULT_REALM = "default";

    /// Stored as it is.
    record Keep() implements Treatment {}

    /// Not stored at all.
    record Drop() implements Treatment {}

    /// Replaced by the first 128 bits of a keyed HMAC-SHA256, as a UUID-typed column; not reversible.
    record Pseudonym(String realm) implements Treatment {}

    /// Only the first and last characters stay, the others become `*`.
    record Mask(int keepFirst, int keepLast) implements Treatment {
        public Mask {
            if (keepFirst < 0 || keepLast < 0 || keepFirst + keepLast > 32) {
                throw AdeException.user(
                        "Cannot mask: keep_first and keep_last are 0 or more and at most 32 together, were %d and %d"
                                .formatted(keepFirst, keepLast),
                        "Keep fewer characters");
            }
        }
    }

    /// Made coarser, so that many share one value.
    record Generalise(Coarsening to) implements Treatment {}

    /// Replaced by deterministic AES-SIV (RFC 5297) in URL-safe base64: reversible with the key, by an authorised role.
    record Token(String realm) implements Treatment {}

    /// Format-preserving FF1 (NIST SP 800-38G) over the digits or letters of the value; its domain must be
    /// a million values or more.
    record FormatPreserving(String realm, Alphabet alphabet) implements Treatment {}

    /// Characters that FF1 permutes; others stay where they are.
    enum Alphabet {
        DIGITS,
        LOWER_ALPHANUMERIC,
        ALPHANUMERIC
    }

    /// How a value is made coarser.
    sealed interface Coarsening {
        /// A date or timestamp to the first instant of its grain.
        record ToGrain(Grain grain) implements Coarsening {}

        /// A number to the lower bound of its bucket, `width` wide, aligned at 0.
        record ToBucket(double width) implements Coarsening {
            public ToBucket {
                if (!(width > 0) || Double.isInfinite(width)) {
                    throw AdeException.user(
                            "Cannot generalise to buckets of width " + width,
                            "Use a width above 0");
                }
            }
        }

        /// A text, such as a postcode, to its first characters.
        record ToPrefix(int characters) implements Coarsening {
            public ToPrefix {
                if (characters < 1 || characters > 32) {
                    throw AdeException.user(
                            "Cannot generalise to a prefix of %d characters".formatted(characters),
                            "Use 1 to 32");
                }
            }
        }

        /// An IP address to its network: `ipv4Bits` of a v4 address, `ipv6Bits` of a v6 one.
        record ToNetwork(int ipv4Bits, int ipv6Bits) implements Coarsening {
            public ToNetwork {
                if (ipv4Bits < 0 || ipv4Bits > 32 || ipv6Bits < 0 || ipv6Bits > 128) {
                    throw AdeException.user(
                            "Cannot generalise to networks /%d and /%d"
                                    .formatted(ipv4Bits, ipv6Bits),
                            "Use at most /32 for IPv4 and /128 for IPv6");
                }
            }
        }
    }

    /// The word for this treatment in sources.yml and in reports.
    default String word() {
        return switch (this) {
            case Keep _ -> "keep";
            case Drop _ -> "drop";
            case Pseudonym _ -> "pseudonym";
            case Mask _ -> "mask";
            case Generalise _ -> "generalise";
            case Token _ -> "token";
            case FormatPreserving _ -> "fpe";
        };
    }
}
