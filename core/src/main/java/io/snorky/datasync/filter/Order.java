package io.snorky.datasync.filter;

/** How one value may lie to another. */
enum Order {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** Whether the one has an upper bound in the other, else a lower one. */
    boolean isBelow() {
        return this == LESS || this == LESS_OR_EQUAL;
    }

    /** The order that all others are in. */
    Order contrary() {
        return switch (this) {
            case LESS -> GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> GREATER;
            case GREATER -> LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> LESS;
        };
    }

    /** Whether equal values are in this order. */
    boolean includesEqual() {
        return this == LESS_OR_EQUAL || this == GREATER_OR_EQUAL;
    }

    /**
     * @param comparison of the one with the other
     */
    boolean holds(int comparison) {
        return comparison == 0 ? includesEqual() : comparison < 0 == isBelow();
    }
}
