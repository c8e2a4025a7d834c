package io.snorky;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What this service does is done one thing at a time, whoever asked for it: messages of all
 * clients, and their coming and going. Its fields can be plain. Clients wait for each other, on
 * virtual threads.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SingleLane {}
