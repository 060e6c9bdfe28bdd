package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.LoadSpec.Format;
import dev.ade.spi.Loader.Loaded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Fixed width and XML.
class ConvertedTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");
    private static final Declared FIXED =
            ORDERS.format(Format.FIXED)
                    .option("fields", Map.of("id", "1-4", "city", "5-12", "qty", "13-15"));
    private static final String REJECTED =
            "select source, line, column_name, reason from ade.rejected order by all";

    @Test
    void places_of_a_line_are_columns() {
        yard.put(
                "in/a.dat",
                "H  2026\n   1Málaga    5\n\n   2Oslo\n   3Rome      x\n",
                StandardCharsets.ISO_8859_1);

        Loaded loaded =
                yard.load(
                        FIXED.option("skip", 1)
                                .option("encoding", "latin-1")
                                .typed("qty", "integer"));

        assertThat(loaded.read()).isEqualTo(3);
        assertThat(yard.sql("select id, city, qty from shop.orders order by id"))
                .containsExactly("1|Málaga|5", "2|Oslo|null");
        assertThat(yard.sql(REJECTED)).containsExactly("in/a.dat|5|qty|not an integer");
        assertThat(
                        yard.look(
                                        FIXED.option("skip", 1)
                                                .option("encoding", "latin-1")
                                                .typed("qty", "integer"))
                                .isEmpty())
                .isTrue();
    }

    @Test
    void fixed_width_may_be_packed_and_in_any_encoding() {
        yard.put("in/a.fwf.gz", Yard.gzip("   1Lima      5\r\n   2Oslo     12\r\n"));

        yard.load(FIXED.option("encoding", "windows-1252").option("decimal_separator", ","));

        assertThat(yard.sql("select id, city, qty from shop.orders order by id"))
                .containsExactly("1|Lima|5", "2|Oslo|12");
    }

    /// Copies hold rows as they were before privacy.
    @Test
    void copies_that_a_killed_load_left_are_removed_by_the_next() throws IOException {
        yard.put("in/a.fwf", "   1Lima      5\n");
        yard.leaveStage();

        yard.load(FIXED);

        assertThat(yard.staged()).isEmpty();
        try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(temporary.map(it -> it.getFileName().toString()))
                    .noneMatch(it -> it.startsWith("ade-load-"));
        }
    }

    @Test
    void places_are_characters_whatever_java_makes_of_them() {
        yard.put("in/a.fwf", "   1𠮷野家       5\n   2Oslo     12\n");

        yard.load(FIXED);

        assertThat(yard.sql("select id, city, qty from shop.orders order by id"))
                .containsExactly("1|𠮷野家|5", "2|Oslo|12");
    }

    @Test
    void fixed_width_needs_its_fields() {
        yard.put("in/a.fwf", "1\n");

        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot read files of fixed width: their fields are not said");
        assertThatThrownBy(() -> yard.load(ORDERS.option("fields", Map.of("id", "one"))))
                .hasMessage(
                        "Cannot use the option 'fields' in load: it is not a map of field to places, such as id: 1-10, was 'id: one'");
    }

    private static final String ORDERS_XML =
            """
            <?xml version="1.0"?>
            <o:export xmlns:o="urn:shop" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              <o:head><made>today</made></o:head>
              <o:orders>
                <o:order id="1" zip="00123">
                  <customer><name>Ann &amp; Bob</name><city>Lima</city></customer>
                  <line sku="a"><qty>2</qty></line>
                  <line sku="b"><qty>3</qty></line>
                  <tag>new</tag>
                  <note><![CDATA[two
            lines]]></note>
                  <total currency="EUR">12.50</total>
                </o:order>
                <o:order id="2">
                  <customer><name>Cy</name></customer>
                  <tag>x</tag><tag>y</tag>
                  <note xsi:nil="true"/>
                  <total currency="USD">7.25</total>
                </o:order>
              </o:orders>
            </o:export>
            """;

    @Test
    void elements_at_a_path_are_rows() {
        yard.put("in/a.xml", ORDERS_XML);

        Loaded loaded =
                yard.load(
                        ORDERS.option("rows", "/export/orders/order")
                                .typed("zip", "varchar")
                                .typed("tag", "varchar[]")
                                .typed("line", "struct(sku varchar, qty integer)[]")
                                .typed("total", "decimal(10,2)"));

        assertThat(loaded.rejected()).isZero();
        assertThat(
                        yard.sql(
                                "select id, zip, customer_name, customer_city, line[2].qty, tag, note, total, total_currency from shop.orders order by id"))
                .containsExactly(
                        "1|00123|Ann & Bob|Lima|3|[new]|two\nlines|12.50|EUR",
                        "2|null|Cy|null|null|[x, y]|null|7.25|USD");
    }

    @Test
    void rejected_elements_have_their_line() {
        yard.put("in/a.xml", ORDERS_XML.replace("12.50", "many"));

        yard.load(ORDERS.option("rows", "/export/orders/order").typed("total", "decimal(10,2)"));

        assertThat(yard.sql("select id from shop.orders")).containsExactly("2");
        assertThat(yard.sql(REJECTED)).containsExactly("in/a.xml|5|total|not a decimal(10,2)");
    }

    @Test
    void children_of_the_root_are_rows_where_nothing_is_said() {
        yard.put("in/a.xml", "<all><a n='1'/><a n='2'/></all>");

        yard.load(ORDERS);

        assertThat(yard.sql("select n from shop.orders order by n")).containsExactly("1", "2");
    }

    @Test
    void entities_from_outside_are_not_read() {
        yard.put(
                "in/a.xml",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><all><a><n>&x;</n></a></all>");

        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessageStartingWith("Cannot load in/a.xml: it is no well-formed XML at line 1");
    }

    @Test
    void xml_that_ends_too_early_or_has_no_such_path_says_so() {
        yard.put("in/a.xml", "<all>\n<a n='1'/>\n<a n='secret'>");

        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot load in/a.xml: it is no well-formed XML at line 3");

        yard.put("in/a.xml", "<all><a n='1'/></all>");
        assertThatThrownBy(() -> yard.load(ORDERS.option("rows", "/x/y")))
                .hasMessage("Cannot load in/a.xml: no element is at /x/y");
    }
}
