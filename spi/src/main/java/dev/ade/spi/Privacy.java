package dev.ade.spi;

import dev.ade.model.ColumnSpec;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Decides what is personal and treats it. Keys never leave it: what it gives to engines are functions.
public interface Privacy {
    /// Decides for every column of `samples`.
    ///
    /// @throws dev.ade.model.AdeException USER where the policy is to refuse, or a declaration does not fit
    List<Decision> decide(TableName source, Declared declared, List<Sample> samples);

    /// What a project says about a source.
    ///
    /// @param undeclared what happens to personal columns whose treatment nobody declared
    record Declared(List<ColumnSpec> columns, PrivacyPolicy undeclared) {
        public Declared {
            columns = List.copyOf(columns);
        }
    }

    /// The treatment as an expression that an engine runs in the projection of the load.
    Projection project(TableName source, Decision decision, Type type);

    /// The same for every version of the keys that a stored value may have been treated with, the newest last.
    default List<Projection> everyVersion(TableName source, Decision decision, Type type) {
        return List.of(project(source, decision, type));
    }

    /// A stored value as it would be if it were treated with the newest key, so that it equals what comes now. Empty where
    /// no stored value can have been treated with another.
    default Optional<Projection> renewed(TableName source, Decision decision) {
        return Optional.empty();
    }

    /// The original behind a token, for a role that may.
    ///
    /// @param reason why, for the audit log
    String reveal(String realm, String token, String reason);

    /// A column with some of its values.
    ///
    /// @param values as text, NULLs left out; at most a few thousand
    record Sample(String column, Type type, List<String> values) {}

    /// @param dataClass `none`, or what kind of personal data it is
    /// @param evidence why, in words, without values: "column name", "98% of 1,000 values look like e-mail addresses"
    record Decision(
            String column, String dataClass, Treatment treatment, Ground ground, String evidence) {
        /// Whether its values are about nobody and stay as they are, so that they may be told.
        public boolean isPlain() {
            return treatment instanceof Treatment.Keep && dataClass.equals("none");
        }
    }

    enum Ground {
        /// The project says so.
        DECLARED,
        /// It looks personal and nobody said anything.
        DETECTED,
        /// It looks personal and nobody said anything about it, but the project says to keep such columns.
        KEPT,
        /// Nothing speaks for it being personal.
        NOT_PERSONAL
    }

    /// @param sql makes the expression from the quoted input expression: `(x) -> "ade_hmac_1(" + x + ")"`;
    ///     empty where the column is dropped
    /// @param type of the result
    /// @param functions to register first
    record Projection(
            Optional<UnaryOperator<String>> sql, Type type, List<ValueFunction> functions) {}

    /// A person-readable word for a value that never gives it away: "text of 3 characters", "a negative number".
    String valueClass(@Nullable String value);
}
