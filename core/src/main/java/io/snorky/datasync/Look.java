package io.snorky.datasync;

/**
 * What kind of change somebody sees, in the order in which those of one change are sent: if a row
 * leaves one view and enters another, whoever shows both in one list has it in the end.
 */
enum Look {
    DELETE(0),
    UPDATE(1),
    INSERT(2);

    /** From zero on, without a gap. */
    final int index;

    Look(int index) {
        this.index = index;
    }

    /** What kind of change a delta is. */
    static Look at(Delta delta) {
        return switch (delta) {
            case Delta.Delete unused -> DELETE;
            case Delta.Update unused -> UPDATE;
            case Delta.Insert unused -> INSERT;
        };
    }

    /** The change as it looks so. */
    Delta of(Delta delta) {
        if (!(delta instanceof Delta.Update update)) {
            return delta;
        }
        return switch (this) {
            case DELETE -> update.moveOut();
            case UPDATE -> update;
            case INSERT -> update.moveIn();
        };
    }
}
