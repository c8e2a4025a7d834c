package io.snorky.sync;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a synced object that browsers may call. Its parameters are the members of the call,
 * by name, as those of a {@link io.snorky.rpc.Command}; members that are no parameters are ignored.
 * A call with bytes has them as {@code byte[] data}. {@code type} is taken.
 *
 * <p>It runs after all that the browser said before, and what comes later waits for it. What it
 * returns is dropped. If it throws {@link io.snorky.rpc.RpcError}, the browser gets that text; of
 * anything else it learns only that the action failed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Action {

    /** The name on the wire; that of the method if empty. */
    String value() default "";
}
