package io.snorky.server.oracle;

/** The two models, told apart by how the application publishes their changes. */
enum Model {
    /**
     * One process publishes, in the order of the transactions. So there are no versions, and what
     * comes twice or in another order would be seen.
     */
    PLAYER("Player", false),

    /** Several processes publish as they like; versions tell what is newer. */
    TASK("Task", true);

    /** As deltas and tables name it. */
    final String text;

    /** Whether deltas have a version. */
    final boolean versioned;

    Model(String text, boolean versioned) {
        this.text = text;
        this.versioned = versioned;
    }
}
