package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.jdbc.TableAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a server is and how to enter it, as its driver understands an address of JDBC.
///
/// @param certificate that the server's has to be signed by: a file, or its text; empty for those that Java trusts
record ServerAddress(
        String host,
        int port,
        String user,
        String password,
        Tls tls,
        Optional<String> certificate) {
    /// What is asked of the connection, in the driver's words.
    enum Tls {
        DISABLE,
        VERIFY_CA,
        VERIFY_FULL
    }

    private static final Pattern URL =
            Pattern.compile(
                    "jdbc:(?:mariadb|mysql)://(\\[[^\\]]+\\]|[^/:,?()\\[\\]]+)(?::([0-9]{1,5}))?(?:/[^?]*)?(?:\\?(.*))?");
    private static final String PORT = "3306";

    /// Empty where the address is of another shape, such as one of several servers.
    static Optional<ServerAddress> of(TableAddress address) {
        Matcher url = URL.matcher(address.url());
        if (!url.matches()) {
            return Optional.empty();
        }
        Map<String, String> properties = inUrl(Optional.ofNullable(url.group(3)).orElse(""));
        properties.putAll(address.properties());
        return Optional.of(
                new ServerAddress(
                        url.group(1).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(Optional.ofNullable(url.group(2)).orElse(PORT)),
                        properties.getOrDefault("user", ""),
                        properties.getOrDefault("password", ""),
                        tls(properties.getOrDefault("sslMode", "")),
                        Optional.ofNullable(properties.get("serverSslCert"))));
    }

    private static Map<String, String> inUrl(String query) {
        Map<String, String> properties = new HashMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                properties.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return properties;
    }

    private static Tls tls(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT).replace('_', '-')) {
            case "disable", "disabled" -> Tls.DISABLE;
            case "verify-ca" -> Tls.VERIFY_CA;
            default -> Tls.VERIFY_FULL;
        };
    }

    /// Without the password.
    @Override
    public String toString() {
        return "ServerAddress[" + host + ":" + port + "]";
    }
}
