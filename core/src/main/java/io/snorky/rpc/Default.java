package io.snorky.rpc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a command's parameter is when the call leaves it out. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Default {

    /** The value as JSON: {@code "10"}, {@code "\"red\""}, {@code "[]"}. */
    String value();
}
