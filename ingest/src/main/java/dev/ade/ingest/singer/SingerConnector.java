package dev.ade.ingest.singer;

import dev.ade.spi.Connector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs a Singer tap: `load: {singer: tap-github, config: {…}, stream: issues}`. Its state is the position, so it goes on
/// where the last published reading ended.
public final class SingerConnector implements Connector {
    private final Tap.Place place;

    /// @param root the project's folder, where taps run
    /// @param said folder of what taps said that failed; made where one did
    public SingerConnector(Path root, Path said) {
        this.place = new Tap.Place(root, said);
    }

    @Override
    public Set<String> manners() {
        return Set.of(SingerSettings.UNPACKED_MAX);
    }

    @Override
    public void check(Request request) {
        SingerSettings.of(request);
    }

    @Override
    public Offer look(Request request) {
        SingerSettings.of(request);
        return Offer.of("a tap is asked each time");
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        SingerSettings settings = SingerSettings.of(request);
        Tap tap = new Tap(settings, request, place, stage.folder());
        String config = tap.file("config.json", settings.configText());
        SingerCatalog catalog = SingerCatalog.discover(tap, settings, config, stage.progress());
        List<String> arguments = new ArrayList<>(List.of("--config", config));
        arguments.addAll(List.of("--catalog", tap.file("catalog.json", catalog.text())));
        request.position()
                .ifPresent(state ->
                        arguments.addAll(List.of("--state", tap.file("state.json", state))));
        try (SingerReading reading =
                new SingerReading(tap, settings.stream(), request, stage, catalog.schema())) {
            tap.run(arguments, stage.progress(), reading::line);
            return reading.end();
        }
    }
}
