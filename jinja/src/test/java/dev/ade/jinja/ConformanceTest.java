package dev.ade.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ade.model.AdeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of jinja2-cases.json gives what Jinja2 itself gave; see src/test/python.
class ConformanceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> renders_as_jinja2_does() throws IOException {
        try (InputStream in = ConformanceTest.class.getResourceAsStream("jinja2-cases.json")) {
            JsonNode cases = JSON.readTree(in);
            assertThat(cases.size()).isGreaterThan(300);
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(one ->
                            DynamicTest.dynamicTest(
                                    one.path("name").asText()
                                            + ": "
                                            + one.path("template").asText(),
                                    () -> check(one)));
        }
    }

    private static void check(JsonNode one) {
        Map<String, Object> context = new LinkedHashMap<>();
        Object given = Python.fromJava(JSON.convertValue(one.path("context"), Object.class));
        ((Map<?, ?>) given).forEach((name, value) -> context.put(name.toString(), value));
        String result = result(one.path("template").asText(), Globals.of(context));
        if (one.has("error")) {
            assertThat(result).as("Jinja2: %s", one.path("error").asText()).startsWith("ERROR ");
        } else {
            assertThat(result).isEqualTo(one.path("expected").asText());
        }
    }

    private static String result(String template, Globals globals) {
        try {
            return Template.parse("case.sql", template).render(globals, Limits.DEFAULT);
        } catch (AdeException e) {
            assertThat(e.kind()).isEqualTo(AdeException.Kind.USER);
            assertThat(e.location()).as(e.explain()).isNotNull();
            return "ERROR " + e.explain();
        }
    }
}
