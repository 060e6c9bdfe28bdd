package dev.ade.code;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The datasets that a model reads: `shop.orders`, or what dbt writes, `ref('orders')` and `source('shop', 'orders')`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Reads {
    String[] value();
}
