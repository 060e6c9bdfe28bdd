package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.run.RunRequest;
import dev.ade.run.verify.Verdict;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Comparing sources with what is published of them, with a real lake, engine and keyring.
class VerifyTest {
    private static final RunRequest EVERYTHING = RunRequest.everything("test");

    private static List<Verdict> verify(ForgetLab lab, RunRequest request) {
        List<Verdict> verdicts = new ArrayList<>();
        try (Ade ade = lab.open(PROD)) {
            ade.verify(request, Loader.Depth.ROWS, verdicts::add);
        }
        return verdicts;
    }

    /// `shop.orders EQUAL 2/2, 2 rejected`.
    private static String words(Verdict verdict) {
        Verified.Counts counts = verdict.found().orElseThrow().counts();
        return "%s %s %d/%d, %d rejected"
                .formatted(
                        verdict.table(),
                        verdict.status(),
                        counts.published(),
                        counts.source(),
                        counts.rejected());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void people_who_were_forgotten_are_not_missed(@TempDir Path folder) throws IOException {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);
        assertThat(verify(lab, EVERYTHING).stream().map(VerifyTest::words))
                .containsExactly(
                        "shop.customers EQUAL 3/3, 0 rejected",
                        "shop.orders EQUAL 4/4, 0 rejected");
        lab.forget("customer_id=42");
        List<String> before = files(folder);

        List<Verdict> verdicts = verify(lab, EVERYTHING);

        assertThat(verdicts.stream().map(VerifyTest::words))
                .containsExactly(
                        "shop.customers EQUAL 2/2, 1 rejected",
                        "shop.orders EQUAL 2/2, 2 rejected");
        assertThat(files(folder)).isEqualTo(before);
        try (Ade ade = lab.open(PROD)) {
            assertThat(ade.runs(10))
                    .extracting(Lake.RunRecord::command)
                    .containsExactly("ade forget", "ade forget", "test");
        }
    }

    @Test
    void what_cannot_be_compared_stops_nothing(@TempDir Path folder) throws IOException {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);
        Path sources = folder.resolve("shop/sources.yml");
        Files.writeString(
                sources,
                Files.readString(sources)
                        .replace(
                                "{name: amount, data_type: bigint",
                                "{name: amount, data_type: double"));

        List<Verdict> verdicts = verify(lab, EVERYTHING);

        assertThat(verdicts)
                .extracting(Verdict::status)
                .containsExactly(Verdict.Status.EQUAL, Verdict.Status.UNKNOWN);
        assertThat(verdicts.getLast().message())
                .contains(
                        "Cannot compare shop.orders with its source: its declaration changed since it was loaded")
                .contains("ade run shop.orders");
    }

    @Test
    void it_stops_when_it_is_told_to(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);
        List<Verdict> verdicts = new ArrayList<>();
        try (Ade ade = lab.open(PROD)) {
            assertThatThrownBy(() ->
                            ade.verify(
                                    EVERYTHING,
                                    Loader.Depth.ROWS,
                                    verdict -> {
                                        verdicts.add(verdict);
                                        ade.cancel();
                                    }))
                    .extracting(e -> ((AdeException) e).kind())
                    .isEqualTo(AdeException.Kind.CANCELLED);
        }
        assertThat(verdicts).hasSize(1);
    }

    @Test
    void only_sources_are_compared(@TempDir Path folder) {
        ForgetLab lab = new ForgetLab(folder);
        lab.run(PROD);
        RunRequest orders =
                new RunRequest(
                        List.of("shop.orders+"),
                        List.of(),
                        RunRequest.Refresh.CHANGED,
                        Optional.empty(),
                        "test");

        assertThat(verify(lab, orders).stream().map(VerifyTest::words))
                .containsExactly("shop.orders EQUAL 4/4, 0 rejected");
        assertThatThrownBy(() ->
                        verify(
                                lab,
                                new RunRequest(
                                        List.of("shop.order_f"),
                                        List.of(),
                                        RunRequest.Refresh.CHANGED,
                                        Optional.empty(),
                                        "test")))
                .hasMessage("Cannot compare sources: none is selected");
    }
}
