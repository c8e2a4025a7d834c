package io.snorky.sync;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An attribute of a synced object under a name of its own, or one that is no field: a method
 * without parameters, whose result is the attribute's value. Browsers can write that one if there
 * is a method of the same name with one parameter of that type.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface SyncedAs {

    /** The name on the wire; the name in the source, in the casing of its class, if empty. */
    String value() default "";
}
