package dev.ade.ingest.rest;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/// One question to an API.
///
/// @param body JSON that is sent with POST; without one it is a GET
record Call(URI uri, Optional<String> body) {
    String method() {
        return body.isPresent() ? "POST" : "GET";
    }

    /// The address for messages, without the values of its parameters.
    static String shown(URI uri) {
        String address = uri.toString().replaceFirst("#.*", "").replaceFirst("//[^/?]*@", "//");
        int query = address.indexOf('?') + 1;
        return query == 0
                ? address
                : address.substring(0, query) + address.substring(query).replaceAll("=[^&]*", "=…");
    }

    /// Whether `other` is of the same scheme, host and port, so that it may have the same secrets.
    static boolean isSameOrigin(URI one, URI other) {
        return Objects.equals(one.getScheme(), other.getScheme())
                && Objects.equals(one.getHost(), other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
