package dev.ade.quality.check;

import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.Assertion.AcceptedValues;
import dev.ade.model.Assertion.Contract;
import dev.ade.model.Assertion.KAnonymity;
import dev.ade.model.Assertion.Monitor;
import dev.ade.model.Assertion.NotNull;
import dev.ade.model.Assertion.Query;
import dev.ade.model.Assertion.Relationships;
import dev.ade.model.Assertion.Unique;
import dev.ade.model.CheckSpec;
import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.model.Schema;
import dev.ade.model.Wording;
import dev.ade.quality.Verdict;
import dev.ade.quality.monitor.Monitors;
import dev.ade.spi.Checker;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks with the meaning that dbt gives them, as SQL of the session's engine; monitors are left to `Monitors`.
///
/// Checks of a dataset's own columns, relationships among them, share one pass over it. Only where that pass finds
/// that a unique column repeats values, they are counted in a second one. A query check runs on its own.
///
/// Stateless, and so thread-safe; each session is used by its own thread.
public final class SqlChecker implements Checker {
    @Override
    public Result check(CheckSpec check, Context context) {
        return checkAll(List.of(new Request(check, context.query())), context).getFirst();
    }

    @Override
    public List<Result> checkAll(List<Request> requests, Context context) {
        List<CheckSql> checks = requests.stream().map(CheckSql::new).toList();
        Pass pass =
                new Pass(
                        context.state().schema(),
                        Counts.of(checks, context),
                        new Monitors(context));
        return checks.stream().map(pass::result).toList();
    }

    /// What checks of one dataset share.
    private record Pass(Schema schema, Counts counts, Monitors monitors) {
        Result result(CheckSql sql) {
            try {
                return run(sql);
            } catch (AdeException e) {
                if (e.kind() == AdeException.Kind.CANCELLED) {
                    throw e;
                }
                return error(sql.request().check(), counts.reason(sql, e));
            }
        }

        private Result run(CheckSql sql) {
            CheckSpec check = sql.request().check();
            Optional<String> failCalc = check.options().failCalc();
            if (failCalc.isPresent() && !sql.failing().isEmpty()) {
                return counted(sql, counts.calculated(failCalc.get(), sql.failing(), limit(check)));
            }
            return switch (check.assertion()) {
                case NotNull _, AcceptedValues _, Relationships _ ->
                        counted(sql, counts.of(sql.measures()).getFirst());
                case Unique _ -> counted(sql, duplicates(sql));
                case KAnonymity it -> anonymity(sql, it);
                case Query _ -> counted(sql, counts.rows(sql.failing(), limit(check)));
                case Contract contract -> contract(check, contract, schema);
                case Monitor monitor -> monitors.result(check, monitor);
            };
        }

        /// Groups that are too small, and the rows in them.
        private Result anonymity(CheckSql sql, KAnonymity group) {
            List<Long> found =
                    counts.numbers(
                            "select count(*), coalesce(sum(ade_rows), 0)::bigint from (%s)"
                                    .formatted(sql.failing()));
            Result result = counted(sql, found.getFirst());
            return found.getFirst() == 0
                    ? result
                    : new Result(
                            result.check(),
                            result.outcome(),
                            result.failures(),
                            "%s: %s in all"
                                    .formatted(
                                            Messages.fails(group, found.getFirst()),
                                            Wording.count(found.getLast(), "row")),
                            result.sql(),
                            null,
                            List.of());
        }

        private long duplicates(CheckSql sql) {
            long repeats = counts.of(sql.measures()).getFirst();
            return repeats == 0 ? 0 : counts.rows(sql.failing(), limit(sql.request().check()));
        }
    }

    private static long limit(CheckSpec check) {
        return check.options().limit().orElse(Long.MAX_VALUE);
    }

    private static Result counted(CheckSql sql, long found) {
        CheckSpec check = sql.request().check();
        long failures =
                check.options().failCalc().isPresent() ? found : Math.min(found, limit(check));
        Assertion assertion = check.assertion();
        String message =
                failures == 0 ? Messages.holds(assertion) : Messages.fails(assertion, failures);
        return new Result(
                check,
                Verdict.of(failures, check.options()),
                failures,
                message,
                sql.failing(),
                null,
                List.of());
    }

    private static Result contract(CheckSpec check, Contract contract, Schema schema) {
        List<String> broken = ContractColumns.broken(contract, schema);
        return new Result(
                check,
                Verdict.of(broken.size(), check.options()),
                broken.size(),
                broken.isEmpty() ? Messages.holds(contract) : String.join("; ", broken),
                "",
                null,
                List.of());
    }

    private static Result error(CheckSpec check, AdeException e) {
        return new Result(check, Outcome.ERROR, 0, Messages.couldNotRun(e), "", null, List.of());
    }

    @Override
    public List<String> failingRows(Result result, Session session, int rowsMax) {
        boolean isStored = result.check().options().failureStorage() == FailureStorage.STORED;
        if (!isStored || result.failures() == 0 || result.sql().isEmpty()) {
            return List.of();
        }
        long rows = Math.min(rowsMax, limit(result.check()));
        String select =
                "select to_json(failing)::varchar from (%s\n) as failing limit %d"
                        .formatted(result.sql(), rows);
        List<String> failing = new ArrayList<>();
        try (Cursor cursor = session.query(select)) {
            cursor.all(rowsMax).forEach(row -> failing.add(String.valueOf(row.getFirst())));
        } catch (AdeException e) {
            if (e.kind() == AdeException.Kind.CANCELLED) {
                throw e;
            }
            throw AdeException.data(
                            Messages.couldNotStore(e), "Mend the query of the check, and run again")
                    .causedBy(e);
        }
        return failing;
    }
}
