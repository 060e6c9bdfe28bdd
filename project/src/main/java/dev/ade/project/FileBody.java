package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.Fingerprint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file that is a template, parsed when it is first rendered. Thread-safe.
final class FileBody implements Body {
    private final String path;
    private final String text;
    private final Fingerprint hash;
    private volatile @Nullable Template template;

    /// @param path for messages
    FileBody(String path, String text) {
        this.path = path;
        this.text = text;
        this.hash = Fingerprint.of(path, text);
    }

    @Override
    public String render(Globals globals, Limits limits) {
        return template().render(globals, limits);
    }

    @Override
    public Optional<Fingerprint> hash() {
        return Optional.of(hash);
    }

    @Override
    public Optional<String> source() {
        return Optional.of(text);
    }

    /// Two threads at once parse it twice, and either is as good.
    private Template template() {
        Template known = template;
        if (known == null) {
            known = Template.parse(path, text, Syntax.DBT);
            template = known;
        }
        return known;
    }
}
