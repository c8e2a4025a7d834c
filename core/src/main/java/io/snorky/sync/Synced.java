package io.snorky.sync;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a class of synced objects shows itself to browsers. Its attributes are its fields, its
 * parents' included, but for those that are static, transient or marked {@link NotSynced}; and what
 * is marked {@link SyncedAs}.
 *
 * <p>A field that is final is for the browser to read, unless it is a collection or a map that can
 * be changed: then what the browser writes takes the place of its content.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Synced {

    /** The key; the name of the object's class if empty. */
    String value() default "";

    /** Whether nothing is an attribute but what is marked {@link SyncedAs}. */
    boolean onlyMarked() default false;

    /** Fields, by their names in the source, that are no attributes. */
    String[] exclude() default {};

    /** How names without one of their own are written. */
    Casing casing() default Casing.CAMEL;

    /**
     * Whether there is an attribute with the names of running tasks: {@code runningTasks}, or
     * {@code running_tasks} without camel case. Browsers cannot write it.
     */
    boolean runningTasks() default false;

    /** Whether a browser that connects is sent the state; else it has to ask for it. */
    boolean sendOnInit() default true;
}
