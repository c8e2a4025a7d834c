package io.snorky.schema;

/** Which way a value goes: what has to be in it may differ. */
public enum Form {

    /** As the server writes it: all members are there, computed ones, too. */
    OUTPUT,

    /**
     * As the server takes it: what is computed is not there, and what may be null may be missing.
     */
    INPUT
}
