package dev.ade.privacy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// IP addresses in text, read without asking any name server.
final class Networks {
    private static final int LENGTH_MAX = 45;

    private Networks() {}

    /// The network of an address in CIDR form, such as `203.0.113.0/24`; null where `text` is no address.
    /// An IPv4 address written as IPv6 (`::ffff:203.0.113.9`) is taken as IPv4.
    static @Nullable String of(String text, int ipv4Bits, int ipv6Bits) {
        byte[] address = address(text.strip()).orElse(null);
        if (address == null) {
            return null;
        }
        int bits = address.length == 4 ? ipv4Bits : ipv6Bits;
        for (int i = 0; i < address.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            address[i] &= (byte) (0xff << (8 - kept));
        }
        return text(address) + "/" + bits;
    }

    private static Optional<byte[]> address(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        return text.indexOf(':') >= 0 ? ipv6(text) : Optional.ofNullable(ipv4(text));
    }

    private static byte @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i]);
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    /// 0 to 255 in decimal without leading zeros, which some would read as octal; else -1.
    private static int number(String part) {
        int length = part.length();
        if (length < 1 || length > 3 || (length > 1 && part.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < length; i++) {
            int digit = part.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= 255 ? value : -1;
    }

    /// Text with a colon and nothing but what an IPv6 address may hold is never taken for a host name.
    private static Optional<byte[]> ipv6(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 'f' || (Character.digit(c, 16) < 0 && c != ':' && c != '.')) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String text(byte[] address) {
        try {
            String text = InetAddress.getByAddress(address).getHostAddress();
            return address.length == 4 ? text : compressed(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /// The form of RFC 5952: the first longest run of two or more zero groups becomes `::`.
    private static String compressed(String full) {
        String[] groups = full.split(":", -1);
        int start = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        return start < 0
                ? full
                : join(groups, 0, start) + "::" + join(groups, start + length, groups.length);
    }

    private static String join(String[] groups, int from, int to) {
        return String.join(":", Arrays.asList(groups).subList(from, to));
    }
}
