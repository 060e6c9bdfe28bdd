package dev.ade.ingest.rest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/// What only this machine and its own network reach: loopback, link-local and private addresses (RFC 1918, 4193, 6598). A
/// server outside must not have ADE read what lies there.
final class InnerNetwork {
    private InnerNetwork() {}

    /// Whether whoever is outside sends ADE inside.
    static boolean isEnteredBy(URI from, URI to) {
        return isInside(to) && !isInside(from);
    }

    /// False for names that nobody knows here: a proxy may, which reads what it can reach.
    private static boolean isInside(URI uri) {
        try {
            return Arrays.stream(InetAddress.getAllByName(String.valueOf(uri.getHost())))
                    .anyMatch(InnerNetwork::isInside);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isUnique = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        boolean isShared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || isUnique
                || isShared;
    }
}
