package dev.ade.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WideningTest {
    @Test
    void finds_the_narrowest_type_that_holds_both() {
        assertThat(wide("integer", "bigint")).isEqualTo("bigint");
        assertThat(wide("bigint", "double")).isEqualTo("double");
        assertThat(wide("bigint", "decimal(5,2)")).isEqualTo("decimal(21,2)");
        assertThat(wide("decimal(38,0)", "decimal(10,5)")).isEqualTo("double");
        assertThat(wide("date", "timestamp")).isEqualTo("timestamp");
        assertThat(wide("boolean", "bigint")).isEqualTo("varchar");
        assertThat(wide("date", "bigint")).isEqualTo("varchar");
        assertThat(wide("integer[]", "double[]")).isEqualTo("double[]");
        assertThat(wide("struct(a integer)", "struct(a bigint, b varchar)"))
                .isEqualTo("struct(\"a\" bigint, \"b\" varchar)");
        assertThat(wide("struct(a integer)", "integer[]")).isEqualTo("varchar");
    }

    @Test
    void what_only_text_or_a_rounded_number_holds_is_not_exact() {
        assertThat(exact("bigint", "double")).contains("double");
        assertThat(exact("varchar", "bigint")).contains("varchar");
        assertThat(exact("decimal(10,2)", "decimal(6,4)")).contains("decimal(12,4)");
        assertThat(exact("bigint", "varchar")).isEmpty();
        assertThat(exact("boolean", "bigint")).isEmpty();
        assertThat(exact("decimal(38,2)", "decimal(38,4)")).isEmpty();
    }

    private static Optional<String> exact(String a, String b) {
        return Widening.exact(Type.parse(a), Type.parse(b)).map(Type::text);
    }

    @Test
    void knows_what_a_table_promotes_in_place() {
        assertThat(Widening.isPromotion(Type.parse("integer"), Type.parse("bigint"))).isTrue();
        assertThat(Widening.isPromotion(Type.parse("float"), Type.parse("double"))).isTrue();
        assertThat(Widening.isPromotion(Type.parse("decimal(5,2)"), Type.parse("decimal(9,2)")))
                .isTrue();
        assertThat(Widening.isPromotion(Type.parse("bigint"), Type.parse("double"))).isFalse();
        assertThat(Widening.isPromotion(Type.parse("bigint"), Type.parse("varchar"))).isFalse();
    }

    private static String wide(String a, String b) {
        assertThat(Widening.of(Type.parse(b), Type.parse(a)).getClass())
                .isEqualTo(Widening.of(Type.parse(a), Type.parse(b)).getClass());
        return Widening.of(Type.parse(a), Type.parse(b)).text();
    }
}
