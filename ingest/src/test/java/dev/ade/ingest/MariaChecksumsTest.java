package dev.ade.ingest;

import static dev.ade.ingest.Verifications.parts;
import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.ColumnSpec;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.LoadSpec.SystemKind;
import dev.ade.model.PrivacySpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Treatment;
import dev.ade.spi.Loader.Depth;
import dev.ade.spi.Verified;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Comparing by checksums that a real MariaDB makes.
class MariaChecksumsTest extends InYard {
    @AutoClose private static final MariaDb server = MariaDb.start();

    /// Every type, and in row 0 what is easily told otherwise.
    static final String EVERY_TYPE =
            """
            set sql_mode = '';
            create table orders (id int primary key,
                tiny tinyint(1), year_of year, filled int(10) unsigned zerofill, big bigint, huge bigint unsigned,
                bit_1 bit(1), bit_12 bit(12), bit_64 bit(64),
                price decimal(12, 3), fill decimal(8, 2) unsigned zerofill, share decimal(3, 3), long_number decimal(65, 30),
                day date, at_0 datetime, at_3 datetime(3), at_6 datetime(6), stamp_0 timestamp null, stamp_6 timestamp(6) null,
                hour_0 time, hour_2 time(2), hour_6 time(6),
                note text, code varchar(20), fixed char(5), kind enum('a', 'ö'), kinds set('x', 'y'), data json, ident uuid,
                ip inet6, place point, raw varbinary(8), bin binary(4), picture blob, real_4 float, real_8 double)
                character set utf8mb4;
            insert into orders values
                (0, 2, 2026, 42, -9223372036854775808, 18446744073709551615, b'1', b'100000000001', b'1111',
                -0.5, 12.5, -0.5, -0.5, '0001-01-01', '2026-03-29 02:30:00', '2026-03-29 02:30:00.100',
                '1969-12-31 23:59:59.900000', '2026-03-29 02:30:00', '2026-03-29 02:30:00.000001', '10:00:00', '10:20:30.5',
                '23:59:59.999999', 'é漢🤦\\\\n"x" \\\\', 'a:b ', 'a  ', 'ö', 'y,x', '{"b": 1.10,  "a": "\\\\u00e9"}',
                '123E4567-E89B-12D3-A456-426655440000', '2001:DB8::1', point(0.1, -2), x'00ff5c', 'a', x'', 0.1, 0.1),
                (7, 0, 0, 0, 0, 0, b'0', b'0', b'0', 0, 0, 0, 0, '9999-12-31', '9999-12-31 00:00:00', '1000-01-01', '2026-01-01',
                '2026-01-01 10:00:00', '2026-01-01 10:00:00.1', '00:00:00', '00:00:00', '00:00:00', '', '', '', 'a', '', '[]',
                '00000000-0000-0000-0000-000000000000', '::', point(0, 0), '', '', x'00', -0e0, 1e300),
                (9, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)\
            """;

    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
        server.sql("drop table if exists orders");
    }

    private static SourceTable source(Mode mode, Map<String, Object> more, ColumnSpec... columns) {
        return Sources.of(
                "shop.orders",
                new LoadSpec.Outside(
                        SystemKind.JDBC,
                        Sources.settings(SystemKind.JDBC, server, more),
                        mode,
                        List.of("id"),
                        RejectLimit.NONE),
                columns);
    }

    @Test
    void both_sides_make_the_same_text_of_every_type_that_counts() {
        server.sql(EVERY_TYPE);
        SourceTable source = source(Mode.MERGE, Map.of("cursor", "id"));
        yard.load(source);

        Verified found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(found.notes())
                .containsExactly(
                        parts(34, "1 part", "0 differ and were"),
                        "compared only in rows that were read: real_4, real_8");
        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(3, 3, 0, 0));
    }

    /// In the middle of three parts.
    private static final Map<String, String> CHANGES =
            Map.ofEntries(
                    Map.entry("note = concat(note, ' ')", "CHANGED 1 [id=15000] note 1"),
                    Map.entry("note = 'N15000'", "CHANGED 1 [id=15000] note 1"),
                    Map.entry("note = 'ñ15000'", "CHANGED 1 [id=15000] note 1"),
                    Map.entry("note = 'n1500', blank = '0'", "CHANGED 1 [id=15000] note 1 blank 1"),
                    Map.entry("none = ''", "CHANGED 1 [id=15000] none 1"),
                    Map.entry("none = '-'", "CHANGED 1 [id=15000] none 1"),
                    Map.entry("blank = null", "CHANGED 1 [id=15000] blank 1"),
                    Map.entry("note = '\\\\'", "CHANGED 1 [id=15000] note 1"),
                    Map.entry("qty = -qty", "CHANGED 1 [id=15000] qty 1"),
                    Map.entry("price = price + 0.001", "CHANGED 1 [id=15000] price 1"),
                    Map.entry("at_6 = '2026-01-01 10:00:00.000001'", "CHANGED 1 [id=15000] at_6 1"),
                    Map.entry("stamp = '2026-01-01 10:00:00.001'", "CHANGED 1 [id=15000] stamp 1"),
                    Map.entry("hour = '10:00:00.1'", "CHANGED 1 [id=15000] hour 1"),
                    Map.entry("day = '2026-01-02'", "CHANGED 1 [id=15000] day 1"),
                    Map.entry("yes = b'0'", "CHANGED 1 [id=15000] yes 1"),
                    Map.entry("raw = x'00ff5d'", "CHANGED 1 [id=15000] raw 1"),
                    Map.entry("no_day = '0000-00-00'", "GONE 1 [id=15000]"),
                    Map.entry("at_6 = '2026-01-00 10:00:00'", "GONE 1 [id=15000]"));

    @Test
    void finds_the_least_change_in_the_one_part_that_has_it() {
        SourceTable source = loaded();
        server.sql("create or replace table before_it as select * from orders where id = 15000");

        CHANGES.forEach((change, expected) -> {
            server.sql(
                    "set sql_mode = '', time_zone = '+00:00'; update orders set %s where id = 15000"
                            .formatted(change));
            Verified found = yard.verify(source, Depth.CHECKSUMS);
            server.sql("set sql_mode = ''; replace into orders select * from before_it");

            assertThat(said(found)).as(change).isEqualTo(expected);
            assertThat(found.notes())
                    .as(change)
                    .contains(parts(13, "3 parts", "1 differs and was"));
        });
        assertThat(yard.verify(source, Depth.CHECKSUMS).isEqual()).isTrue();
    }

    @Test
    void finds_a_row_in_the_place_of_another() {
        SourceTable source = loaded();
        server.sql("update orders set id = 35000 where id = 15000");

        Verified found = yard.verify(source, Depth.CHECKSUMS);

        assertThat(said(found)).isEqualTo("MISSING 1 [id=35000]\nGONE 1 [id=15000]");
        assertThat(found.counts()).isEqualTo(new Verified.Counts(30_000, 30_000, 0, 0));
        assertThat(found.notes()).contains(parts(13, "4 parts", "2 differ and were"));
    }

    @Test
    void compares_texts_of_every_character_set() {
        server.sql(
                """
                create table orders (id bigint primary key,
                    latin varchar(20) character set latin1, swedish char(9) character set latin1 collate latin1_swedish_ci,
                    greek text character set greek, kanji varchar(20) character set sjis, chinese text character set gbk,
                    wide varchar(20) character set utf16, wider varchar(20) character set utf32, old text character set utf8mb3,
                    bytes varchar(20) collate utf8mb4_bin, kind enum('ä', 'ß') character set latin1)
                    character set cp1250;
                insert into orders values
                    (1, 'ÄÖ€ß ', 'Å', 'Ωμέγα', '日本ソ', '漢字', '🤦é', '🤦', 'éא', '🤦', 'ß'),
                    (2, '', '', '', '', '', '', '', '', '', 'ä')\
                """);
        SourceTable source = source(Mode.REPLACE, Map.of());
        yard.load(source);

        assertThat(yard.verify(source, Depth.CHECKSUMS).notes())
                .containsExactly(parts(11, "1 part", "0 differ and were"));

        server.sql("update orders set swedish = 'A' where id = 1");
        assertThat(said(yard.verify(source, Depth.CHECKSUMS)))
                .isEqualTo("CHANGED 1 [id=1] swedish 1");
    }

    @Test
    void reads_rows_that_are_too_long_for_one_text_of_the_server() {
        server.sql(
                """
                create table orders (id bigint primary key, note mediumtext, more mediumtext);
                insert into orders values (1, repeat('x', 40000), repeat('y', 40000)), (2, 'a', null)\
                """);
        SourceTable source = source(Mode.REPLACE, Map.of());
        String before = server.sql("select @@global.max_allowed_packet").strip();
        server.sql("set global max_allowed_packet = 65536");
        try {
            yard.load(source);
            Verified found = yard.verify(source, Depth.CHECKSUMS);
            assertThat(found.isEqual()).isTrue();
            assertThat(found.notes()).contains(parts(3, "1 part", "1 differs and was"));

            server.sql("update orders set more = repeat('z', 40000) where id = 1");
            assertThat(said(yard.verify(source, Depth.CHECKSUMS)))
                    .isEqualTo("CHANGED 1 [id=1] more 1");
        } finally {
            server.sql("set global max_allowed_packet = " + before);
        }
    }

    @Test
    void leaves_treated_columns_to_rows_that_are_read() {
        ColumnSpec email =
                new ColumnSpec(
                        "email",
                        Optional.empty(),
                        ColumnSpec.Nullability.NULLABLE,
                        Optional.of(
                                new PrivacySpec(
                                        Optional.empty(),
                                        Optional.of(new Treatment.Pseudonym("person")))),
                        "");
        server.sql(
                """
                create table orders (id bigint primary key, qty int, email text);
                insert into orders select seq * 3, seq, concat('p', seq, '@example.org') from seq_1_to_35000;
                """);
        SourceTable source = source(Mode.MERGE, Map.of("cursor", "qty"), email);
        yard.load(source);
        server.sql("update orders set email = 'other@example.org' where id in (3, 90000)");

        Verified found = yard.verify(source, Depth.CHECKSUMS);
        assertThat(found.isEqual()).isTrue();
        assertThat(found.notes())
                .containsExactly(
                        parts(2, "3 parts", "0 differ and were"),
                        "compared only in rows that were read: email");

        server.sql(
                """
                update orders set qty = -1 where id = 9;
                insert into orders values (-70, 1, null), (-9223372036854775808, 1, null), (9223372036854775807, 1, null)\
                """);
        found = yard.verify(source, Depth.CHECKSUMS);
        assertThat(said(found))
                .isEqualTo(
                        """
                        MISSING 3 [id=-9223372036854775808, id=-70, id=9223372036854775807]
                        CHANGED 2 [id=3, id=9] qty 1 email 1\
                        """);
        assertThat(found.counts()).isEqualTo(new Verified.Counts(35_000, 35_003, 0, 0));
        assertThat(found.notes()).contains(parts(2, "5 parts", "3 differ and were"));
    }

    private SourceTable loaded() {
        server.sql(
                """
                set time_zone = '+00:00';
                create table orders (id int unsigned primary key, qty int, note varchar(20), none text, blank text,
                    price decimal(9, 3), at_6 datetime(6), stamp timestamp(3) null, hour time(1), day date, no_day date,
                    yes bit(1), raw blob);
                insert into orders select seq, 5, concat('n', seq), null, '', 1.5, '2026-01-01 10:00:00',
                    '2026-01-01 10:00:00', '10:00:00', '2026-01-01', null, b'1', x'00ff5c' from seq_1_to_30000\
                """);
        SourceTable source = source(Mode.REPLACE, Map.of());
        yard.load(source);
        return source;
    }
}
