package dev.ade.code;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The size of a `BigDecimal` that is made; 38 digits, 10 of them behind the point, where nothing else is said. A number
/// that does not fit fails the run; it is never rounded.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Digits {
    int precision();

    int scale();
}
