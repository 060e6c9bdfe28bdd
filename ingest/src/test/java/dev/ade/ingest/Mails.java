package dev.ade.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Mails as servers write them.
final class Mails {
    static final String SENDER = "anna.schmidt@partner.example";
    static final String SUBJECT = "Orders of Tuesday";

    private static final String HEAD =
            """
            Return-Path: <anna.schmidt@partner.example>
            Received: from mx.partner.example by mx.shop.example; Sat, 21 Nov 2026 08:00:00 +0000
            From: "Anna Schmidt" <anna.schmidt@partner.example>
            To: drop@shop.example
            Subject: Orders of Tuesday
            Date: Sat, 21 Nov 2026 08:00:00 +0000
            MIME-Version: 1.0
            """;

    private final List<String> parts = new ArrayList<>();

    Mails() {
        parts.add("Content-Type: text/plain; charset=utf-8\n\nHello, here they are.\n");
    }

    /// With a name as it is written behind `Content-Disposition: attachment; `.
    Mails part(String named, byte[] content) {
        parts.add(
                """
                Content-Type: application/octet-stream
                Content-Disposition: attachment; %s
                Content-Transfer-Encoding: base64

                %s
                """
                        .formatted(
                                named,
                                Base64.getMimeEncoder(76, new byte[] {'\n'})
                                        .encodeToString(content)));
        return this;
    }

    Mails attach(String name, String content) {
        return part("filename=\"%s\"".formatted(name), content.getBytes(StandardCharsets.UTF_8));
    }

    /// Headers and body of a part.
    Mails raw(String part) {
        parts.add(part);
        return this;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("Content-Type: multipart/mixed; boundary=\"=_next\"\n\n");
        parts.forEach(part -> text.append("--=_next\n").append(part).append('\n'));
        return text.append("--=_next--\n").toString().replace("\n", "\r\n");
    }

    /// Without any part.
    static String plain() {
        return HEAD + "\nNothing today.\n";
    }
}
