package dev.ade.privacy.detect;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// IP addresses that may be of people.
final class Addresses {
    private static final Pattern IPV4 =
            Pattern.compile(
                    "(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern IPV6 =
            Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]{2,39}(:(\\d{1,3}\\.){3}\\d{1,3})?");

    /// Four numbers all below this are a version more often than an address.
    private static final int VERSION_PART_MAX = 30;

    private Addresses() {}

    static boolean isPersonal(String text) {
        if (text.length() > 45 || (text.indexOf('.') < 0 && text.indexOf(':') < 0)) {
            return false;
        }
        return IPV4.matcher(text).matches() ? !looksLikeVersion(text) : isIpv6(text);
    }

    private static boolean looksLikeVersion(String text) {
        for (String part : text.split("\\.", -1)) {
            if (Integer.parseInt(part) > VERSION_PART_MAX) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIpv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
