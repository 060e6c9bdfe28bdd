package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.PrivacySpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Treatment;
import dev.ade.spi.Connector;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Privacy;
import dev.ade.spi.Session;
import dev.ade.spi.ValueFunction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where privacy stands: decides for every column before a row is read for good.
///
/// What was once found to be personal stays so, whatever later samples look like: detected decisions
/// are kept with the dataset and treated as declared from then on.
final class Door {
    /// The property of a dataset that keeps what was detected: lines of column, class, treatment and realm.
    static final String PROPERTY = "load.detected";

    private static final String SEPARATOR = "\t";

    private final SourceTable source;
    private final Privacy privacy;

    Door(SourceTable source, Privacy privacy) {
        this.source = source;
        this.privacy = privacy;
    }

    List<LandingColumn> columns(
            Reconciled reconciled, List<Privacy.Sample> samples, Optional<DatasetState> state) {
        List<ColumnSpec> declared = withDetected(state);
        Map<String, Privacy.Decision> decisions =
                privacy
                        .decide(
                                source.name(),
                                new Privacy.Declared(declared, source.undeclared()),
                                samples)
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        d -> Expected.lower(d.column()), d -> d, (a, _) -> a));
        List<LandingColumn> columns = new ArrayList<>();
        for (Column column : reconciled.columns()) {
            Privacy.Decision decision = decisions.get(Expected.lower(column.name()));
            if (decision == null) {
                throw new IllegalStateException("privacy decided nothing for " + column.name());
            }
            columns.add(
                    new LandingColumn(
                            column,
                            decision,
                            privacy.project(source.name(), decision, column.type()),
                            needs(column.name(), reconciled)));
        }
        columns.forEach(this::requireUsable);
        return columns;
    }

    static void register(Session session, List<LandingColumn> columns) {
        columns.stream()
                .flatMap(column -> column.functions().stream())
                .collect(Collectors.toMap(ValueFunction::name, function -> function, (a, _) -> a))
                .values()
                .forEach(session::register);
    }

    /// What is hidden stays hidden, whatever later values look like, until somebody says to keep it.
    private List<ColumnSpec> withDetected(Optional<DatasetState> state) {
        List<ColumnSpec> declared = new ArrayList<>(source.columns());
        if (source.undeclared() == PrivacyPolicy.KEEP) {
            return declared;
        }
        state.map(one -> one.properties().getOrDefault(PROPERTY, "")).stream()
                .flatMap(String::lines)
                .map(line -> line.split(SEPARATOR, -1))
                .filter(parts -> parts.length == 4)
                .forEach(parts -> remember(declared, parts));
        return declared;
    }

    private void remember(List<ColumnSpec> declared, String[] parts) {
        Treatment treatment =
                parts[2].equals("drop") ? new Treatment.Drop() : new Treatment.Pseudonym(parts[3]);
        PrivacySpec spec = new PrivacySpec(Optional.of(parts[1]), Optional.of(treatment));
        String name = source.aliases().own(parts[0]);
        Optional<ColumnSpec> known =
                declared.stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst();
        if (known.isPresent() && known.get().privacy().isPresent()) {
            return;
        }
        known.ifPresent(declared::remove);
        declared.add(
                new ColumnSpec(
                        name,
                        known.flatMap(ColumnSpec::type),
                        known.map(ColumnSpec::nullability).orElse(Nullability.NULLABLE),
                        Optional.of(spec),
                        ""));
    }

    /// What to keep of these decisions, together with what was kept before.
    String detected(List<LandingColumn> columns, Optional<DatasetState> state) {
        Stream<String> before =
                state.map(one -> one.properties().getOrDefault(PROPERTY, "")).stream()
                        .flatMap(String::lines)
                        .map(this::renamed);
        Stream<String> now =
                columns.stream()
                        .map(LandingColumn::decision)
                        .filter(decision -> decision.ground() == Privacy.Ground.DETECTED)
                        .map(Door::line);
        return Stream.concat(before, now).distinct().collect(Collectors.joining("\n"));
    }

    private String renamed(String line) {
        int end = line.indexOf(SEPARATOR);
        return end < 0 ? line : source.aliases().own(line.substring(0, end)) + line.substring(end);
    }

    private static String line(Privacy.Decision decision) {
        String realm =
                decision.treatment() instanceof Treatment.Pseudonym(String r)
                        ? r
                        : Treatment.DEFAULT_REALM;
        String word = decision.treatment() instanceof Treatment.Drop ? "drop" : "pseudonym";
        return String.join(SEPARATOR, decision.column(), decision.dataClass(), word, realm);
    }

    private Set<LandingColumn.Need> needs(String name, Reconciled reconciled) {
        Set<LandingColumn.Need> needs = EnumSet.noneOf(LandingColumn.Need.class);
        if (source.column(name)
                .map(ColumnSpec::nullability)
                .filter(Nullability.NOT_NULL::equals)
                .isPresent()) {
            needs.add(LandingColumn.Need.NOT_NULL);
        }
        if (source.load().key().stream().anyMatch(name::equalsIgnoreCase)) {
            needs.add(LandingColumn.Need.KEY);
        }
        if (!Connector.History.of(source.load()).isEmpty()) {
            needs.add(LandingColumn.Need.SAID);
        }
        if (reconciled.lenient().contains(Expected.lower(name))) {
            needs.add(LandingColumn.Need.LENIENT);
        }
        return needs;
    }

    private void requireUsable(LandingColumn column) {
        boolean isKey = column.needs().contains(LandingColumn.Need.KEY);
        boolean isEventTime =
                source.eventTime().filter(column.name()::equalsIgnoreCase).isPresent();
        boolean keepsIdentity =
                switch (column.decision().treatment()) {
                    case Treatment.Keep _, Treatment.Pseudonym _, Treatment.Token _ -> true;
                    case Treatment.FormatPreserving _ -> true;
                    case Treatment.Drop _, Treatment.Mask _, Treatment.Generalise _ -> false;
                };
        if (isKey && !keepsIdentity) {
            throw wrong(column, "the key", "Treat the key by pseudonym, token, fpe or keep");
        }
        if (isEventTime && column.stored().filter(stored -> stored.type().isTemporal()).isEmpty()) {
            throw wrong(
                    column,
                    "the event time",
                    "Use a date or timestamp that is kept or generalised; declare its data_type where some of its values are something else");
        }
        if (SystemColumns.isTaken(column.name(), source.origin())) {
            throw AdeException.user(
                            "Cannot load %s: a column is named '%s', as one of ADE's own"
                                    .formatted(source.name(), column.name()),
                            SystemColumns.wayOut(source.origin(), column.name()))
                    .at(source.location());
        }
    }

    private AdeException wrong(LandingColumn column, String role, String nextStep) {
        return AdeException.user(
                        "Cannot load %s: '%s' cannot be %s, it is %s and treated by %s"
                                .formatted(
                                        source.name(),
                                        column.name(),
                                        role,
                                        column.raw().type().text(),
                                        column.decision().treatment().word()),
                        nextStep)
                .at(source.location());
    }
}
