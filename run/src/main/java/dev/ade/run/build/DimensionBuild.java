package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Kind;
import dev.ade.model.Location;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.SurrogateKey;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Session;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Complete replacement with a surrogate key in front; with history, changed members get a new row and the
/// old one is closed.
final class DimensionBuild {
    /// What tells a history from rows of any other kind.
    private static final List<String> HISTORY = List.of("valid_from", "valid_to", "is_current");

    private final BuildContext context;
    private final Kind.Dimension kind;

    DimensionBuild(BuildContext context, Kind.Dimension kind) {
        this.context = context;
        this.kind = kind;
    }

    Built build(Draft.Stamp stamp) {
        String query = context.compile(Situation.FROM_SCRATCH);
        String members = StoredQuery.members(kind, query);
        Schema schema = requireKeys(query, members);
        String sql =
                switch (kind.history()) {
                    case CURRENT -> members;
                    case SLOWLY_CHANGING -> history(members, schema);
                };
        return new TableBuild(context).replace(sql, stamp);
    }

    /// @return columns of the members
    private Schema requireKeys(String query, String members) {
        try (Sessions.Lease lease = context.sessions().open(context.draft())) {
            Session session = lease.session();
            requireNaturalKey(session.describe(query));
            requireUniqueKey(session, members);
            return session.describe(members);
        }
    }

    private void requireNaturalKey(Schema schema) {
        for (String column : kind.naturalKey()) {
            if (schema.find(column).isEmpty()) {
                throw AdeException.user(
                                "Cannot build %s: its natural_key '%s' is not among its columns %s"
                                        .formatted(context.model().name(), column, schema.names()),
                                "Select the column, or name another in natural_key")
                        .at(Location.of(context.model().file()));
            }
        }
    }

    private void requireUniqueKey(Session session, String members) {
        String duplicates =
                """
                select count(*) from (
                  select 1 from (%s) as d group by %s having count(*) > 1
                ) as g\
                """
                        .formatted(members, Sql.quote(kind.surrogate()));
        long count = Rows.number(session, duplicates);
        if (count > 0) {
            throw AdeException.data(
                            "Cannot build %s: %,d natural keys (%s) have more than one row"
                                    .formatted(
                                            context.model().name(),
                                            count,
                                            String.join(", ", kind.naturalKey())),
                            "Make the query give one row a key, for example with qualify"
                                    + " row_number() over (partition by …) = 1")
                    .at(Location.of(context.model().file()));
        }
    }

    private String history(String members, Schema schema) {
        Optional<Schema> stored =
                context.draft()
                        .state(context.model().name())
                        .map(DatasetState::schema)
                        .filter(this::isHistory);
        if (stored.isEmpty()) {
            return StoredQuery.firstHistory(members);
        }
        boolean isKeyed = stored.get().find(kind.surrogate()).isPresent();
        Schema keyed = isKeyed ? stored.get() : withKey(stored.get(), schema);
        Joined joined = new Joined(keyed, schema, context.hidden());
        String name = context.model().name().quoted();
        return changed(
                joined, joined.given(members), joined.stored(isKeyed ? name : keyed(name)), schema);
    }

    private boolean isHistory(Schema stored) {
        return Stream.concat(HISTORY.stream(), kind.naturalKey().stream())
                .allMatch(column -> stored.find(column).isPresent());
    }

    /// The surrogate is called otherwise since, as with a dimension that was renamed.
    private String keyed(String rows) {
        List<String> key = kind.naturalKey().stream().map(Sql::quote).toList();
        return "(select %s as %s, * from %s)"
                .formatted(SurrogateKey.sql(key), Sql.quote(kind.surrogate()), rows);
    }

    private Schema withKey(Schema stored, Schema members) {
        List<Column> columns = new ArrayList<>(stored.columns());
        columns.addFirst(members.find(kind.surrogate()).orElseThrow());
        return new Schema(columns);
    }

    /// Closed rows as they were, rows of unchanged members with their start, and a new row for each changed or new
    /// member. A column that is new is not a change of its member.
    private String changed(Joined joined, String members, String rows, Schema schema) {
        Schema stored = joined.stored();
        String differs =
                schema.columns().stream()
                        .map(Column::name)
                        .filter(column -> stored.find(column).isPresent())
                        .map(Sql::quote)
                        .map(column -> "n.%s is distinct from o.%s".formatted(column, column))
                        .collect(Collectors.joining(" or ", "(", ")"));
        String before =
                schema.columns().stream()
                        .map(column -> before(column, stored))
                        .collect(Collectors.joining(", "));
        return Template.of(
                        """
                        with n as (${members}), o as (${stored})
                        select ${before}, o.valid_from,
                          case when o.is_current then ${now} else o.valid_to end as valid_to,
                          false as is_current
                        from o left join n on o.${key} = n.${key}
                        where not o.is_current or n.${key} is null or ${differs}
                        union all
                        select n.*, o.valid_from, cast(null as timestamp), true
                        from n join o on n.${key} = o.${key} and o.is_current
                        where not ${differs}
                        union all
                        select n.*, ${now}, cast(null as timestamp), true
                        from n left join o on n.${key} = o.${key} and o.is_current
                        where o.${key} is null or ${differs}\
                        """)
                .with("members", members)
                .with("stored", rows)
                .with("before", before)
                .with("differs", differs)
                .with("key", Sql.quote(kind.surrogate()))
                .with("now", literal(context.now()))
                .text();
    }

    private static String before(Column column, Schema stored) {
        String name = Sql.quote(column.name());
        return stored.find(column.name()).isPresent()
                ? "o." + name
                : "cast(null as %s) as %s".formatted(column.type().sql(), name);
    }

    private static String literal(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return "TIMESTAMP '" + time.toLocalDate() + " " + time.toLocalTime() + "'";
    }
}
