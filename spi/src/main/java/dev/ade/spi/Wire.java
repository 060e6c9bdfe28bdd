package dev.ade.spi;

import java.net.URI;
import java.util.regex.Pattern;

/// Who can listen to what is sent to an address, as far as the address says.
public final class Wire {
    private static final Pattern THIS_MACHINE =
            Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");

    private Wire() {}

    /// Whether it is named so that nothing leaves this machine; names are not resolved.
    public static boolean isOfThisMachine(URI address) {
        return THIS_MACHINE.matcher(String.valueOf(address.getHost())).matches();
    }

    /// Whether what is sent there can neither be read nor changed on the way.
    public static boolean isPrivate(URI address) {
        return "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && isOfThisMachine(address));
    }
}
