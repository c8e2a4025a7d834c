package io.snorky.sync;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method without parameters that runs once when a task has been cancelled and has ended, in the
 * task's thread, before its name is free again.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CancelHook {

    /** The name of the task on the wire. */
    String value();
}
