package dev.ade.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ade.model.AdeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a template says, it gives text or an error with a place.
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("ade.jinja.fuzz.rounds", 20_000);
    private static final long SEED = Long.getLong("ade.jinja.fuzz.seed", 20261121L);
    private static final Limits LIMITS = new Limits(20_000, 20_000, 30);
    private static final List<String> PIECES =
            List.of(
                    "{{",
                    "}}",
                    "{%",
                    "%}",
                    "{#",
                    "#}",
                    "-",
                    "(",
                    ")",
                    "[",
                    "]",
                    "{",
                    "}",
                    "|",
                    ".",
                    ",",
                    ":",
                    "=",
                    "==",
                    "<",
                    "in",
                    "is",
                    "not",
                    "and",
                    "or",
                    "if",
                    "else",
                    "for",
                    "endfor",
                    "endif",
                    "set",
                    "x",
                    "foo",
                    "loop",
                    "1",
                    "0",
                    "-1",
                    "2.5",
                    "1e308",
                    "99999999999999999999",
                    "'a'",
                    "''",
                    "none",
                    "true",
                    "[]",
                    "{}",
                    "()",
                    "*",
                    "**",
                    "//",
                    "%",
                    "~",
                    "'%s'",
                    "'{}'",
                    "|list",
                    "|join",
                    "|sort",
                    "|map('upper')",
                    ".format(1)",
                    ".split()",
                    "[0]",
                    "[::-1]",
                    "[x]",
                    "(x)",
                    "(*x)",
                    "(**x)",
                    "\n",
                    " ",
                    "\\",
                    "\"",
                    "é",
                    "😀",
                    "varargs",
                    "caller()",
                    "{% raw %}",
                    "{% endraw %}",
                    "|tojson",
                    "|pprint",
                    "|round",
                    "|int",
                    "|default('d')",
                    "|batch(2)",
                    "|groupby('a')",
                    "|sum",
                    "{% set x = x ~ x %}",
                    "{% do l.append(l) %}");

    private final Random random = new Random(SEED);

    private static List<String> templates() throws IOException {
        List<String> templates = new ArrayList<>();
        try (InputStream in = FuzzTest.class.getResourceAsStream("jinja2-cases.json")) {
            for (JsonNode one : new ObjectMapper().readTree(in)) {
                templates.add(one.path("template").asText());
            }
        }
        return templates;
    }

    @Test
    void gives_text_or_an_error_with_a_place() throws IOException {
        List<String> templates = templates();
        int rendered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String template = mutated(templates);
            if (isRendered(template, round)) {
                rendered++;
            }
        }
        assertThat(rendered)
                .as("templates that gave text, seed %d", SEED)
                .isGreaterThan(ROUNDS / 20);
    }

    private String mutated(List<String> templates) {
        String text = pick(templates);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int start = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), start + random.nextInt(8));
            String insert =
                    switch (random.nextInt(4)) {
                        case 0 -> "";
                        case 1 -> pick(PIECES);
                        case 2 -> pick(PIECES) + pick(PIECES);
                        default -> part(pick(templates));
                    };
            text =
                    text.substring(0, start)
                            + insert
                            + text.substring(random.nextBoolean() ? end : start);
        }
        return text;
    }

    private String part(String text) {
        int start = random.nextInt(text.length() + 1);
        return text.substring(
                start, start + random.nextInt(Math.min(40, text.length() - start + 1)));
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static Globals globals() {
        List<Object> list = new ArrayList<>(List.of(1L, "a", 2.5));
        return Globals.of(
                Map.of(
                        "x",
                        "text",
                        "l",
                        list,
                        "user",
                        Python.fromJava(Map.of("name", "Ann", "tags", list)),
                        "nums",
                        new ArrayList<>(List.of(3L, 1L, 2L))));
    }

    private static boolean isRendered(String template, int round) {
        try {
            String text = Template.parse("f.sql", template, Syntax.DBT).render(globals(), LIMITS);
            assertThat(text.length()).isLessThanOrEqualTo(LIMITS.outputCharacters());
            return true;
        } catch (AdeException e) {
            assertThat(e.kind())
                    .as("seed %d, round %d: %s%n%s", SEED, round, template, e.explain())
                    .isEqualTo(AdeException.Kind.USER);
            assertThat(e.location()).as(template).isNotNull();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed %d, round %d: %s".formatted(SEED, round, template), e);
        }
    }
}
