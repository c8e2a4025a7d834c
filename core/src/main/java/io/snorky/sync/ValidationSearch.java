package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds Jakarta Validation, and says so where it is missed. */
final class ValidationSearch {

    private static final Logger LOG = System.getLogger(Validation.class.getName());

    private ValidationSearch() {}

    static Validation find() {
        try {
            return JakartaValidation.start();
        } catch (LinkageError e) {
            return new None(Optional.empty()); // there is no library
        } catch (RuntimeException e) {
            return JakartaValidation.isWithoutProvider(e)
                    ? new None(Optional.empty())
                    : new None(Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Nothing is checked.
     *
     * @param failure why what is there does not start
     */
    record None(Optional<String> failure) implements Validation {

        @Override
        public List<String> problems(
                Class<?> type, Collection<Attribute> attributes, Collection<Exposed> methods) {
            Optional<String> constrained = ConstraintSearch.first(attributes, methods);
            if (constrained.isPresent() && failure.isPresent()) {
                return List.of(
                        constrained.get()
                                + ": constraints, but Jakarta Validation does not start: "
                                + failure.get()
                                + " (expected: a provider that works, or none)");
            }
            constrained.ifPresent(where ->
                    LOG.log(
                            Level.WARNING,
                            () ->
                                    type.getName()
                                            + ", "
                                            + where
                                            + ": constraints that nobody checks (expected: a"
                                            + " provider of Jakarta Validation, for instance"
                                            + " org.hibernate.validator:hibernate-validator)"));
            return List.of();
        }

        @Override
        public void checkAttribute(Object target, Attribute attribute, @Nullable Object value) {}

        @Override
        public void checkArguments(Object target, Exposed method, @Nullable Object[] values) {}
    }
}
