package dev.ade.run.site;

import dev.ade.run.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page. Whatever the project says is data in it, never markup: its program makes text of it.
public final class Site {
    private static final String STYLE = resource("site.css");
    private static final String PROGRAM =
            resource("markdown.js") + resource("graph.js") + resource("site.js");

    private Site() {}

    /// Only its own script and style, and nothing from elsewhere.
    static String policy() {
        return "default-src 'none'; script-src '%s'; style-src '%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(PROGRAM), hash(STYLE));
    }

    /// @param data what `SiteData` made
    public static String html(Map<String, @Nullable Object> data) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="generator" content="ade">
        <title>Documentation</title>
        <style>%s</style>
        </head>
        <body>
        <a class="skip" href="#main">Skip to content</a>
        <div id="app"><noscript><p>This page needs JavaScript, which it brings along.</p></noscript></div>
        <script type="application/json" id="data">%s</script>
        <script>%s</script>
        </body>
        </html>
        """
                .formatted(policy(), STYLE, inert(JsonText.of(data)), PROGRAM);
    }

    /// No text within can end the element that holds it.
    private static String inert(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e");
    }

    private static String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
