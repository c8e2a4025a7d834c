package io.snorky.rpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of an {@link RpcService} that clients may call by name.
 *
 * <p>Its parameters are the members of the call's {@code params}, by name: primitives, strings,
 * enums, records, lists, maps, Jackson's {@code JsonNode}, and what else Jackson can make of JSON.
 * One marked {@code @Nullable} may be left out or null; one with a {@link Default} may be left out;
 * all others are needed. A parameter of type {@link io.snorky.Client} is the caller. Names are
 * those of the source (compile with {@code -parameters}) or given by {@link Param}.
 *
 * <p>What it returns is the reply: nothing and null are JSON null; of a {@code CompletionStage}
 * what it completes with, whenever that is; of a {@link Turn} what its work comes to.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Command {

    /** The command's name; the method's if empty. */
    String value() default "";
}
