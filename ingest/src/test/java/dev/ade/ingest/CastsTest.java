package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.duck.DuckEngine;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Decimal;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Cursor;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CastsTest {
    private static final List<String> KNOWN =
            List.of(
                    "1234567e-3",
                    "5e-1",
                    "-2.25e-10",
                    "1e-7",
                    "1e-38",
                    "1e-5",
                    "5e3",
                    "1.50e1",
                    "0.001e3",
                    "0e-50",
                    "0.0E7",
                    "1e37",
                    "1e99999",
                    "1e-99999",
                    " 12e0 ",
                    "-0",
                    "123." + "0".repeat(45) + "1",
                    "123." + "0".repeat(45),
                    ".5",
                    "16e37",
                    "5.",
                    "1e400000000");

    @TempDir private Path folder;

    /// As Java's exact numbers say.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void numbers_are_kept_as_they_are_or_do_not_fit(long seed) {
        List<String> texts = new ArrayList<>(KNOWN);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            texts.add(number(random));
        }
        try (DuckEngine engine = engine();
                Session session = engine.open(Relations.none())) {
            for (Type type :
                    List.of(
                            Simple.INTEGER,
                            Simple.BIGINT,
                            new Decimal(38, 0),
                            new Decimal(10, 3),
                            new Decimal(38, 20))) {
                List<@Nullable Object> read = read(session, texts, type);
                for (int i = 0; i < texts.size(); i++) {
                    assertThat(shown(read.get(i)))
                            .as("'%s' as %s", texts.get(i), type)
                            .isEqualTo(shown(exact(texts.get(i), type)));
                }
            }
        }
    }

    private static List<@Nullable Object> read(Session session, List<String> texts, Type type) {
        String cast = new Casts(new ReaderOptions(Map.of())).csv("v", type, Casts.Rows.MANY);
        List<@Nullable Object> read = new ArrayList<>();
        String list = String.join(", ", texts.stream().map(Sql::literal).toList());
        try (Cursor cursor =
                session.query(
                        "select %s from (select unnest([%s]) as v, unnest(range(%d)) as i) order by i"
                                .formatted(cast, list, texts.size()))) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                read.add(row.getFirst());
            }
        }
        return read;
    }

    private static @Nullable Object exact(String text, Type type) {
        BigDecimal number = new BigDecimal(text.strip());
        if (number.signum() != 0 && Math.abs((long) number.precision() - number.scale()) > 1_000) {
            return null;
        }
        boolean fits =
                switch (type) {
                    case Decimal decimal -> decimal.holds(number);
                    case Simple simple ->
                            new Decimal(38, 0).holds(number)
                                    && number.toBigInteger().bitLength()
                                            < (simple == Simple.INTEGER ? 32 : 64);
                    default -> throw new IllegalArgumentException();
                };
        return fits ? number : null;
    }

    private static String shown(@Nullable Object number) {
        return number == null
                ? "does not fit"
                : new BigDecimal(number.toString())
                        .add(BigDecimal.ZERO)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String number(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        digits(random, text, 1 + random.nextInt(12));
        if (random.nextBoolean()) {
            text.append('.');
            digits(random, text, 1 + random.nextInt(25));
        }
        if (random.nextBoolean()) {
            text.append(random.nextBoolean() ? 'e' : 'E')
                    .append(List.of("", "+", "-").get(random.nextInt(3)))
                    .append(random.nextInt(random.nextBoolean() ? 6 : 40));
        }
        return text.toString();
    }

    /// Mostly zeros.
    private static void digits(Random random, StringBuilder text, int count) {
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(3) == 0 ? random.nextInt(10) : 0);
        }
    }

    private DuckEngine engine() {
        return new DuckEngine(
                new EngineSettings(
                        2,
                        1L << 30,
                        folder.resolve("spill"),
                        1L << 30,
                        2,
                        64L << 20,
                        Duration.ofMinutes(2),
                        1_000_000));
    }
}
