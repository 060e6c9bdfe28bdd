package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.spi.Loader.Inbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Attachments of mails as files.
class MailTest extends InYard {
    private static Declared orders() {
        return Declared.files("in/*.eml").option("attachment", "*.csv");
    }

    private void loads(String... rows) {
        assertThat(
                        yard.sql(
                                "select * exclude (_batch_id, _loaded_at, _source) from shop.orders order by 1"))
                .containsExactly(rows);
    }

    @Test
    void loads_attachments_and_keeps_nothing_else_of_a_mail() throws IOException {
        yard.put(
                "in/1.eml",
                new Mails()
                        .attach("orders-1.csv", "id,qty\n1,5\n2,many\n")
                        .attach("orders-2.csv", "id,qty\n3,7\n")
                        .attach("notes.pdf", "no rows")
                        .text());
        yard.put("in/2.eml", Mails.plain());
        Declared orders = orders().typed("qty", "integer");

        assertThat(yard.load(orders).landed()).isEqualTo(2);

        loads("1|5", "3|7");
        assertThat(yard.sql("select distinct _source from shop.orders order by 1"))
                .containsExactly("in/1.eml!/orders-1.csv", "in/1.eml!/orders-2.csv");
        assertThat(yard.sql("select source, line, reason from ade.rejected"))
                .containsExactly("in/1.eml!/orders-1.csv|3|not an integer");
        assertThat(yard.keeps(Mails.SENDER)).isFalse();
        assertThat(yard.keeps(Mails.SUBJECT)).isFalse();
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void opens_no_mail_twice() {
        yard.put("in/1.eml", new Mails().attach("a.csv", "id\n1\n").text());
        yard.put("in/2.eml", Mails.plain());
        yard.put("in/3.eml", new Mails().attach("copy.csv", "id\n1\n").text());
        yard.load(orders());
        Inbox again = yard.look(orders());
        assertThat(again.isEmpty()).isTrue();
        assertThat(again.version())
                .isEqualTo(yard.published().state(Declared.NAME).orElseThrow().version());

        yard.put("in/4.eml", new Mails().attach("b.csv", "id\n4\n").text());
        assertThat(yard.look(orders()).fresh()).hasSize(1);
        assertThat(yard.load(orders()).read()).isEqualTo(1);
        loads("1", "4");
        assertThat(yard.look(orders()).isEmpty()).as("nor one without attachments").isTrue();
    }

    @Test
    void follows_mails_through_a_maildir() throws IOException {
        Declared maildir =
                Declared.files("Maildir/{new,cur}/*").option("attachment", "*.csv").replace();
        yard.put("Maildir/new/1.M1.host", new Mails().attach("a.csv", "id\n1\n").text());
        yard.put("Maildir/tmp/2.M1.host", "half a m");
        yard.load(maildir);

        Files.createDirectories(yard.root().resolve("Maildir/cur"));
        Files.move(
                yard.root().resolve("Maildir/new/1.M1.host"),
                yard.root().resolve("Maildir/cur/1.M1.host:2,S"));
        assertThat(yard.load(maildir).read()).isZero();
        loads("1");
        assertThat(yard.look(maildir).isEmpty()).isTrue();
        yard.put("Maildir/new/3.M1.host", new Mails().attach("b.csv", "id\n3\n").text());
        yard.load(maildir);
        loads("1", "3");
    }

    @Test
    void replaces_the_rows_of_a_mail_that_changed() {
        yard.put("in/1.eml", new Mails().attach("a.csv", "id\n1\n").text());
        yard.load(orders());
        yard.put("in/1.eml", new Mails().attach("a.csv", "id\n2\n").text());
        yard.load(orders());
        loads("2");
    }

    @Test
    void loads_again_when_the_declaration_changes() {
        yard.put("in/1.eml", new Mails().attach("a.csv", "id\n1\n").text());
        yard.load(orders());
        Declared typed = orders().typed("id", "varchar");
        assertThat(yard.look(typed).changed()).hasSize(1);
        yard.load(typed);
        assertThat(yard.sql("select typeof(id) from shop.orders")).containsExactly("VARCHAR");
        assertThat(yard.look(typed).isEmpty()).isTrue();
    }

    @Test
    void loads_all_again_where_that_is_asked() {
        yard.put(
                "in/1.eml",
                new Mails().attach("a.csv", "id\n1\n").attach("b.csv", "id\n2\n").text());
        yard.put("in/2.eml", Mails.plain());
        yard.put("in/3.eml", new Mails().attach("c.csv", "id\n1\n").text());
        yard.load(orders());
        assertThat(yard.refresh(orders()).read()).isEqualTo(2);
        loads("1", "2");
        assertThat(yard.look(orders()).isEmpty()).isTrue();
    }

    @Test
    void knows_names_however_they_are_written() {
        yard.put(
                "in/1.eml",
                new Mails()
                        .part("filename*=utf-8''bestellungen%20m%C3%A4rz.csv", bytes("id\n1\n"))
                        .part("filename*0=\"or\"; filename*1=\"ders.csv\"", bytes("id\n2\n"))
                        .part("filename=\"=?utf-8?Q?=C3=BCber.csv?=\"", bytes("id\n3\n"))
                        .part("filename=\"../../../etc/x.csv\"", bytes("id\n4\n"))
                        .part("filename=\"x.csv\"", bytes("id\n5\n"))
                        .raw(
                                """
                                Content-Type: text/csv; name=typed.csv
                                Content-Transfer-Encoding: quoted-printable

                                id
                                =36
                                """)
                        .text());
        yard.load(orders());
        assertThat(yard.sql("select _source, id from shop.orders order by id"))
                .containsExactly(
                        "in/1.eml!/bestellungen märz.csv|1",
                        "in/1.eml!/orders.csv|2",
                        "in/1.eml!/über.csv|3",
                        "in/1.eml!/x.csv|4",
                        "in/1.eml!/2:x.csv|5",
                        "in/1.eml!/typed.csv|6");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void reads_packed_attachments_and_those_of_mails_in_mails() {
        String inner = new Mails().attach("inner.csv", "id\n2\n").text().replace("\r", "");
        yard.put(
                "in/1.eml.gz",
                Yard.gzip(
                        new Mails()
                                .part("filename=a.csv.gz", Yard.gzip("id\n1\n"))
                                .raw(
                                        "Content-Type: message/rfc822\n\n"
                                                + inner.replace("=_next", "=_in"))
                                .text()));
        Declared all = Declared.files("in").option("attachment", "*.{csv,csv.gz}").merge("id");
        yard.load(all);
        loads("1", "2");
        assertThat(yard.look(all).isEmpty()).isTrue();
    }

    @Test
    void is_inspected_verified_and_looked_at_for_drift() {
        yard.put("in/1.eml", new Mails().attach("a.csv", "id,name\n1,anna\n").text());
        assertThat(yard.inspect(orders()).yaml()).contains("options: {attachment: \"*.csv\"}");
        yard.load(orders());
        assertThat(yard.verify(orders()).differences()).isEmpty();
        yard.put("in/2.eml", new Mails().attach("a.csv", "id\n2\n").text());
        assertThat(yard.drift(orders().source()).toString())
                .contains("column 'name' is not in in/2.eml!/a.csv");
    }

    @Test
    void tells_mails_apart_whatever_they_are_called() {
        yard.put("in/Aa.eml", new Mails().attach("a.csv", "id\n1\n").text());
        yard.put("in/BB.eml", new Mails().attach("a.csv", "id\n2\n").text());
        yard.load(orders());
        loads("1", "2");
    }

    @Test
    void refuses_a_folder_that_cannot_be_told_from_a_mail() {
        yard.put("in!/1.eml", new Mails().attach("a.csv", "id\n1\n").text());
        Declared there = Declared.files("in!/*.eml").option("attachment", "*.csv");
        assertThatThrownBy(() -> yard.load(there))
                .hasMessageContaining("the folder of in!/1.eml ends in '!'");
    }

    @Test
    void opens_mails_again_when_other_attachments_are_wanted() {
        yard.put(
                "in/1.eml",
                new Mails().attach("a.csv", "id\n1\n").attach("b.txt", "id\n2\n").text());
        yard.put("in/2.eml", new Mails().attach("c.txt", "id\n3\n").text());
        yard.load(orders());
        yard.load(Declared.files("in/*.eml").option("attachment", "*.{csv,txt}"));
        loads("1", "2", "3");
    }

    @Test
    void refuses_what_is_no_mail_and_says_nothing_of_it() {
        yard.put("in/1.eml", "PK\u0003\u0004 secret words");
        assertThatThrownBy(() -> yard.load(orders()))
                .hasMessageContaining("Cannot load in/1.eml: it is no mail")
                .hasMessageNotContaining("secret");
        yard.put("in/1.eml", "From anna@x.example Sat Nov 21\n" + Mails.plain());
        assertThatThrownBy(() -> yard.load(orders())).hasMessageContaining("(mbox)");
        yard.put("in/1.eml", Mails.plain());
        assertThatThrownBy(() -> yard.load(orders()))
                .hasMessageContaining("no mail has an attachment that matches");
    }

    @Test
    void refuses_a_mail_that_is_cut_short() {
        String whole = new Mails().attach("a.csv", "id\n1\n22222222222222222222\n").text();
        yard.put("in/1.eml", whole.substring(0, whole.lastIndexOf("--=_next") - 12));

        assertThatThrownBy(() -> yard.load(orders()))
                .hasMessageContaining("Cannot load in/1.eml: it ends before its end");
    }

    @Test
    void stops_at_parts_without_end() {
        Mails many = new Mails();
        for (int i = 0; i < 1_100; i++) {
            many.raw("\n.\n");
        }
        yard.put("in/1.eml", many.text());
        assertThatThrownBy(() -> yard.load(orders()))
                .hasMessageContaining("it has more than 1,000 parts");

        StringBuilder deep = new StringBuilder("From: x@x.example\n");
        for (int i = 0; i < 60; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n".formatted(i, i));
        }
        yard.put("in/1.eml", deep.toString());
        assertThatThrownBy(() -> yard.load(orders()))
                .hasMessageContaining("its parts are more than 20 deep");
    }
}
