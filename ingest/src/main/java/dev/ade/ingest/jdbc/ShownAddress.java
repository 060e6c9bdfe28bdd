package dev.ade.ingest.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What messages show of an address of JDBC: scheme, host, port and database. Whatever else stands in it may be secret.
final class ShownAddress {
    private static final Pattern WITH_SERVER = Pattern.compile("(jdbc:[\\w:+-]+:)//(.*)");
    private static final Pattern OTHER = Pattern.compile("(jdbc:[\\w+-]+:)(.*)");
    private static final String SERVER = "(?:[\\w.\\\\-]*|\\[[0-9A-Fa-f:]+])(?::\\d{1,5})?";
    private static final Pattern SERVERS = Pattern.compile(SERVER + "(?:," + SERVER + ")*(?:/.*)?");

    private ShownAddress() {}

    static String of(String url) {
        Matcher server = WITH_SERVER.matcher(url);
        if (server.matches()) {
            String place = place(withoutOptions(server.group(2)));
            return server.group(1) + "//" + (SERVERS.matcher(place).matches() ? place : "…");
        }
        Matcher other = OTHER.matcher(url);
        return other.matches() ? other.group(1) + withoutOptions(place(other.group(2))) : "jdbc:…";
    }

    private static String withoutOptions(String address) {
        return address.replaceFirst("[?;].*", "");
    }

    /// What follows a user and password.
    private static String place(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
