package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.spi.Loader.Loaded;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/// Each test with a table `orders` of a real server, which is followed.
abstract class InFollowed extends InYard {
    /// The table, in a dialect that all servers know.
    static final String ORDERS =
            """
            drop table if exists orders;
            create table orders (id bigint primary key, qty int, note text);
            insert into orders values (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c');
            """;

    /// From now on it is followed as by another run, which reads up to a place of its own.
    @BeforeEach
    final void follow() throws IOException {
        yard.connect(yard.followers());
    }

    /// `shop.orders`, which follows the table.
    abstract SourceTable source(Mode mode, Map<String, Object> more, String... key);

    final SourceTable source() {
        return source(Mode.MERGE, Map.of());
    }

    /// In a run of its own.
    final Loaded load(SourceTable source) throws IOException {
        follow();
        return yard.load(source);
    }

    static void fails(ThrowingCallable work, String message, String next) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> {
                            assertThat(e).hasMessageContaining(message);
                            assertThat(e.nextStep()).contains(next);
                        });
    }
}
