package io.snorky.sync;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a synced object that browsers may start and cancel, with parameters as an {@link
 * Action}. It runs on a virtual thread of its own, once at a time for each name and object, and
 * goes on if the browser goes. To cancel it interrupts that thread; {@link TaskRun} tells whether
 * it was.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Task {

    /** The name on the wire; that of the method if empty. */
    String value() default "";
}
