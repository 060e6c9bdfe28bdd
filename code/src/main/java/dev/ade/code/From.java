package dev.ade.code;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Where a column comes from. Of a record that is read: the name of the column, where it is not that of the component.
/// Of a record that is made: the columns that this one follows from, as `column` or, of several datasets,
/// `domain.dataset.column`; `{}` where it follows from none. Without it a column follows from everything that is read.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface From {
    String[] value();
}
