package io.snorky.examples.notes;

/** How far a task is: so many of so many. */
record Progress(int done, int total) {}
