package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;

/**
 * What Jakarta Validation says of what browsers write, if it is there.
 *
 * <p>Threads: any number at a time.
 */
interface Validation {

    /** The one that is there. */
    Validation PRESENT = ValidationSearch.find();

    /**
     * What is wrong with the constraints of a class.
     *
     * @return each as {@code what: value (expected: …)}
     */
    List<String> problems(
            Class<?> type, Collection<Attribute> attributes, Collection<Exposed> methods);

    /**
     * @param value of the attribute's type
     */
    void checkAttribute(Object target, Attribute attribute, @Nullable Object value) throws Refusal;

    /**
     * @param values one for each parameter
     */
    void checkArguments(Object target, Exposed method, @Nullable Object[] values) throws Refusal;
}
