package dev.ade.run.lineage;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Type;
import dev.ade.run.lineage.PersonalColumns.Origin;
import dev.ade.spi.Lineage.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Refuses models that would rebuild identity: that show what a source hid (by a pseudonym, mask, token, format
/// preserving encryption or generalisation) in the same row as the original of the same kind, which another source
/// kept. `docs/privacy.md` says what that covers and what it does not.
public final class Identity {
    private Identity() {}

    /// Why a model must not be built, with both ways; empty where it may be.
    public static Optional<AdeException> refusal(
            Model model, ProjectLineage lineage, PersonalColumns personal) {
        List<Shown> hidden = new ArrayList<>();
        List<Shown> kept = new ArrayList<>();
        for (Column column : lineage.of(model.name()).schema().columns()) {
            for (Origin origin : personal.origins(model.name(), column)) {
                if (origin.treated().treatment().isEmpty()) {
                    continue;
                }
                if (showsValues(column, origin.how())) {
                    boolean isKept = origin.treated().treatment().equals("keep");
                    (isKept ? kept : hidden).add(new Shown(column.name(), origin));
                }
            }
        }
        for (Shown original : kept) {
            Optional<Shown> beside = hidden.stream().filter(original::isOfSameKind).findFirst();
            if (beside.isPresent()) {
                return Optional.of(refused(model, beside.get(), original));
            }
        }
        return Optional.empty();
    }

    /// Numbers of several people that became one no longer stand beside anybody. An aggregate or a window that gives a text, a
    /// time or a whole row (`any_value`, `lag`, `first`) gives that of somebody.
    private static boolean showsValues(Column column, Role how) {
        return switch (how) {
            case COPY, TRANSFORM -> true;
            case AGGREGATE -> !column.type().isNumeric() && column.type() != Type.Simple.BOOLEAN;
            case TEST, COUNT, CONDITION, WINDOW, SORT, JOIN, GROUP, FILTER -> false;
        };
    }

    private static AdeException refused(Model model, Shown hidden, Shown original) {
        return AdeException.user(
                        "Cannot build %s: it would show who is behind %s, a %s: %s is the original of the same kind (%s)\n  %s\n  %s"
                                .formatted(
                                        model.name(),
                                        hidden.column(),
                                        hidden.origin().treated().treatment(),
                                        original.column(),
                                        original.kind(),
                                        hidden.origin().way(),
                                        original.origin().way()),
                        "Leave one of them out, treat %s in sources.yml like the other, or say privacy: {class: none} if it is about nobody"
                                .formatted(original.origin().source()))
                .at(Location.of(model.file()));
    }

    /// A column of the model and something personal that it holds.
    private record Shown(String column, Origin origin) {
        /// The same class; where no class says more than "personal", the same name in the sources.
        boolean isOfSameKind(Shown other) {
            if (other.origin.source().equals(origin.source())) {
                return false;
            }
            boolean areNamed = isNamed() && other.isNamed();
            return areNamed
                    ? dataClass().equals(other.dataClass())
                    : name().equalsIgnoreCase(other.name());
        }

        String kind() {
            return isNamed() ? dataClass() : name();
        }

        private String dataClass() {
            return origin.treated().dataClass();
        }

        private boolean isNamed() {
            return !dataClass().isEmpty() && !dataClass().equals("personal");
        }

        private String name() {
            return origin.source().column();
        }
    }
}
