package dev.ade.ingest.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ade.ingest.rest.PageReader.Page;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One reading: pages become one part of NDJSON, objects as they came.
final class Reading {
    private static final int HEAD_BYTES = 100;

    private final Connector.Request request;
    private final RestSettings settings;
    private final Exchange exchange;
    private final Answers.Kept kept;
    private final Pager pager;
    private final Optional<Progression> progression;
    private long rows;

    Reading(
            Connector.Request request,
            RestSettings settings,
            Exchange exchange,
            Answers.Kept kept) {
        this.request = request;
        this.settings = settings;
        this.exchange = exchange;
        this.kept = kept;
        this.progression = settings.since().map(since -> new Progression(request, since));
        Optional<String> reached = request.position().map(Reached::of).map(Reached::value);
        Optional<String> from = settings.since().flatMap(since -> since.from(reached));
        this.pager = new Pager(settings, new Calls(settings, from, request.now()), exchange);
    }

    Connector.Outcome into(Connector.Stage stage) {
        if (settings.rows().body() == RestSettings.Body.CSV) {
            return table(stage);
        }
        Call call = pager.first();
        Answer answer = answer(call);
        Sink sink = new Sink(stage);
        try (sink) {
            while (true) {
                Page page = page(call, answer, sink);
                stage.progress().rows(rows);
                Optional<Call> next = pager.next(call, answer, page);
                if (next.isEmpty()) {
                    break;
                }
                call = next.get();
                answer = answer(call);
            }
        } catch (IOException e) {
            throw notStaged(e);
        }
        if (rows == 0 && request.position().isEmpty()) {
            stageNothing(stage);
        }
        return new Connector.Outcome(next(), OptionalLong.of(rows));
    }

    /// The body as it came: a file among others.
    private Connector.Outcome table(Connector.Stage stage) {
        Call call = pager.first();
        byte[] body = answer(call).body();
        String head =
                new String(body, 0, Math.min(body.length, HEAD_BYTES), StandardCharsets.UTF_8);
        if (head.stripLeading().startsWith("<")) {
            throw exchange.error(
                    call,
                    "its answer is a web page instead of CSV",
                    "Share it with everyone who has the link, or give auth:");
        }
        try {
            Files.write(stage.file(request.source().name().toString(), LoadSpec.Format.CSV), body);
        } catch (IOException e) {
            throw notStaged(e);
        }
        return new Connector.Outcome(next(), OptionalLong.empty());
    }

    private AdeException notStaged(IOException e) {
        return AdeException.resource(
                        "Cannot stage rows of %s: %s"
                                .formatted(request.source().name(), e.getMessage()),
                        "Check the free space")
                .causedBy(e);
    }

    /// Where the next reading begins. A merge that reads everything has one too, so that it may find nothing.
    private Optional<String> next() {
        if (progression.isEmpty()) {
            return request.load().mode() == LoadSpec.Mode.MERGE
                    ? Optional.of("everything")
                    : Optional.empty();
        }
        Optional<String> position = progression.get().position();
        if (rows > 0 && position.isEmpty()) {
            throw AdeException.user(
                            "Cannot load %s: no row has the column of since"
                                    .formatted(request.source().name()),
                            "Write since: {column: path}, as it is within an item of the list")
                    .at(request.source().location());
        }
        return position;
    }

    private Answer answer(Call call) {
        return kept.answer(call, exchange::ask);
    }

    private Page page(Call call, Answer answer, Sink sink) throws IOException {
        RestSettings.Rows where = settings.rows();
        try {
            Page page =
                    where.body() == RestSettings.Body.LINES
                            ? PageReader.lines(answer.body(), sink::take)
                            : PageReader.read(answer.body(), where.path().records(), sink::take);
            boolean isEmpty = answer.body().length == 0;
            if (!page.isFound() && !isEmpty && where.missing() == RestSettings.Missing.WRONG) {
                throw noList(call, page);
            }
            return page;
        } catch (JsonProcessingException e) {
            var place = Optional.ofNullable(e.getLocation());
            throw exchange.failed(
                    call,
                    "its answer is no JSON"
                            + place.map(at ->
                                            " (line %d, column %d)"
                                                    .formatted(at.getLineNr(), at.getColumnNr()))
                                    .orElse(""));
        }
    }

    private AdeException noList(Call call, Page page) {
        String path = String.join(".", settings.rows().path().records());
        return exchange.error(
                call,
                path.isEmpty() ? "its body is no list" : "its body has no list " + path,
                page.lists().isEmpty()
                        ? "There is none at all. Write rows: path?, where a list may be missing"
                        : "Write rows: with one of " + String.join(", ", page.lists()));
    }

    private void stageNothing(Connector.Stage stage) {
        List<dev.ade.model.Column> columns =
                request.source().columns().stream()
                        .map(column -> new dev.ade.model.Column(column.name(), Type.Simple.VARCHAR))
                        .toList();
        if (columns.isEmpty()) {
            throw AdeException.user(
                            "Cannot load %s: the API has no rows, so that its columns are not known"
                                    .formatted(request.source().name()),
                            "Declare columns: of the source, or load it when there are rows")
                    .at(request.source().location());
        }
        stage.rows("nothing", new Schema(columns)).close();
    }

    /// Begun with the first row.
    private final class Sink implements AutoCloseable {
        private final Connector.Stage stage;
        private Optional<JsonGenerator> out = Optional.empty();

        Sink(Connector.Stage stage) {
            this.stage = stage;
        }

        void take(Json item) throws IOException {
            if (progression.filter(it -> !it.isNew(item)).isPresent()) {
                return;
            }
            for (Json.Obj row : settings.rows().path().rows(item)) {
                write(row);
                rows++;
            }
        }

        private void write(Json.Obj row) throws IOException {
            JsonGenerator generator = out.isPresent() ? out.get() : begin();
            Json.write(row, generator);
            generator.writeRaw('\n');
        }

        private JsonGenerator begin() throws IOException {
            Path file = stage.file(request.source().name().toString(), LoadSpec.Format.NDJSON);
            OutputStream to = Files.newOutputStream(file);
            JsonGenerator generator =
                    new JsonFactory().createGenerator(to).setRootValueSeparator(null);
            out = Optional.of(generator);
            return generator;
        }

        @Override
        public void close() throws IOException {
            if (out.isPresent()) {
                out.get().close();
            }
        }
    }
}
