package io.snorky.sync;

import io.snorky.sync.PatchRefusedException.Reason;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves a client's operations to a state that others have changed in the meantime: elements of
 * lists are found where they are now. Of two who change the same value, the later one wins; of two
 * who insert at the same place, the later one's comes second; what both removed is removed once.
 * Whatever else was meant for something that is not there any more, or is not what the client has
 * seen, is a conflict.
 *
 * <p>Threads: one at a time.
 */
final class Rebase {

    /** Pairs of operations that are looked at; beyond that it is a conflict. */
    private static final int MAX_PAIRS = 1_000_000;

    /** What others have done, seen from where the client's next operation comes. */
    private List<Change> changes;

    private final Snapshot now;
    private final List<ClientOperation> moved = new ArrayList<>();

    private Rebase(List<Change> changes, Snapshot now) {
        this.changes = changes;
        this.now = now;
    }

    /**
     * @param since what others have done, in order
     * @param now the state after that
     * @throws PatchRefusedException if it is a conflict
     */
    static List<ClientOperation> of(
            List<ClientOperation> operations, List<Trace> since, Snapshot now)
            throws PatchRefusedException {
        if ((long) operations.size() * since.size() > MAX_PAIRS) {
            throw conflict("too much has changed since");
        }
        var rebase = new Rebase(since.stream().map(Change::of).toList(), now);
        for (int i = 0; i < operations.size(); i++) {
            ClientOperation operation = operations.get(i);
            try {
                rebase.add(operation);
            } catch (PatchRefusedException e) {
                throw e.at(
                        "operation %d, %s \"%s\""
                                .formatted(i, operation.op(), operation.path().text()));
            }
        }
        return List.copyOf(rebase.moved);
    }

    private void add(ClientOperation operation) throws PatchRefusedException {
        List<Change> after = new ArrayList<>();
        Optional<Edit> edit = Optional.of(edit(operation));
        for (Change change : changes) {
            if (edit.isEmpty()) {
                after.add(change);
                continue;
            }
            Edit now = edit.get();
            edit = change.move(now).map(place -> now.at(place));
            now.moved(change).ifPresent(after::add);
        }
        edit.ifPresent(there -> moved.add(operation.at(there.place.pointer())));
        changes = after;
    }

    private Edit edit(ClientOperation operation) throws PatchRefusedException {
        var place = new Place(operation.path().segments());
        boolean isElement = place.index() >= 0 && now.mayHaveList(place.parent());
        return switch (operation) {
            case ClientOperation.Add add -> new Edit(Operation.Kind.ADD, isElement, place);
            case ClientOperation.Remove remove -> new Edit(Operation.Kind.REMOVE, isElement, place);
            case ClientOperation.Replace replace -> new Edit(Operation.Kind.REPLACE, false, place);
            default -> throw conflict("others have changed the state since");
        };
    }

    private static PatchRefusedException conflict(String why) {
        return new PatchRefusedException(
                Reason.CONFLICT,
                why + " (expected: add, remove or replace of what is still there)");
    }

    /** Where something is. */
    private record Place(List<String> segments) {

        int depth() {
            return segments.size();
        }

        /** The number at its end; negative if there is none. */
        int index() {
            return segments.isEmpty() ? -1 : index(depth() - 1);
        }

        int index(int depth) {
            String segment = segments.get(depth);
            boolean isNumber =
                    !segment.isEmpty()
                            && segment.length() < 10
                            && segment.chars().allMatch(c -> c >= '0' && c <= '9');
            return isNumber ? Integer.parseInt(segment) : -1;
        }

        List<String> parent() {
            return segments.subList(0, depth() - 1);
        }

        boolean isInside(List<String> other) {
            return depth() > other.size() && segments.subList(0, other.size()).equals(other);
        }

        Place with(int depth, int index) {
            List<String> changed = new ArrayList<>(segments);
            changed.set(depth, Integer.toString(index));
            return new Place(List.copyOf(changed));
        }

        Pointer pointer() {
            return Pointer.of(segments);
        }
    }

    /** An operation of the client. */
    private record Edit(Operation.Kind kind, boolean isElement, Place place) {

        Edit at(Place other) {
            return new Edit(kind, isElement, other);
        }

        boolean isInsertion() {
            return isElement && kind == Operation.Kind.ADD;
        }

        /** Whether it puts something in the place of what is there. */
        boolean isOverwriting() {
            return kind != Operation.Kind.REMOVE && !isInsertion();
        }

        /** Another's change, as it looks after this one. */
        Optional<Change> moved(Change change) {
            Place other = change.place;
            if (!isElement) {
                boolean isSame = other.equals(place) && !change.isInsertion();
                return isSame || other.isInside(place.segments)
                        ? Optional.empty()
                        : Optional.of(change);
            }
            int depth = place.depth() - 1;
            int at = other.isInside(place.parent()) ? other.index(depth) : -1;
            int own = place.index();
            boolean isBefore =
                    at < own || at == own && change.isInsertion() && other.depth() == place.depth();
            if (at < 0 || isBefore) {
                return Optional.of(change);
            }
            if (kind == Operation.Kind.ADD) {
                return Optional.of(change.at(other.with(depth, at + 1)));
            }
            return at == own ? Optional.empty() : Optional.of(change.at(other.with(depth, at - 1)));
        }
    }

    /** What others have done. */
    private record Change(Operation.Kind kind, boolean isElement, Place place) {

        static Change of(Trace trace) {
            return new Change(
                    trace.kind(),
                    trace.isElement(),
                    new Place(Pointer.parse(trace.path()).segments()));
        }

        Change at(Place other) {
            return new Change(kind, isElement, other);
        }

        boolean isInsertion() {
            return isElement && kind == Operation.Kind.ADD;
        }

        /**
         * Where an operation of the client has to go after this; empty if it is done already.
         *
         * @throws PatchRefusedException if it is a conflict
         */
        Optional<Place> move(Edit edit) throws PatchRefusedException {
            Place to = edit.place;
            if (edit.isOverwriting() && place.isInside(to.segments)) {
                throw conflict("what is inside has changed");
            }
            return isElement ? moveInList(edit) : moveElsewhere(edit);
        }

        private Optional<Place> moveInList(Edit edit) throws PatchRefusedException {
            Place to = edit.place;
            int depth = place.depth() - 1;
            int at = to.isInside(place.parent()) ? to.index(depth) : -1;
            int own = place.index();
            if (at < own) {
                return Optional.of(to);
            }
            if (kind == Operation.Kind.ADD) {
                return Optional.of(to.with(depth, at + 1));
            }
            if (at > own) {
                return Optional.of(to.with(depth, at - 1));
            }
            boolean isSame = to.depth() == place.depth();
            if (isSame && edit.isInsertion()) {
                return Optional.of(to);
            }
            if (isSame && edit.kind == Operation.Kind.REMOVE) {
                return Optional.empty();
            }
            throw conflict("the element has been removed");
        }

        private Optional<Place> moveElsewhere(Edit edit) throws PatchRefusedException {
            Place to = edit.place;
            if (to.isInside(place.segments)) {
                throw conflict("\"" + place.pointer().text() + "\" is another one now");
            }
            if (kind != Operation.Kind.REMOVE || !to.equals(place)) {
                return Optional.of(to);
            }
            return switch (edit.kind) {
                case ADD -> Optional.of(to);
                case REMOVE -> Optional.empty();
                case REPLACE -> throw conflict("the member has been removed");
            };
        }
    }
}
