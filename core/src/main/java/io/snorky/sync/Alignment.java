package io.snorky.sync;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which elements of a list have stayed, in order, when others came and went.
 *
 * <p>If few did, they are found by Myers' algorithm, whose cost is that of one walk and the square
 * of the number of changes; if more, by the longest rising run of places of equal elements, each of
 * which counts once. Lists of the same length in which more elements stay at their places are taken
 * place by place.
 *
 * @param beforeAt places in the earlier list, rising
 * @param afterAt the places of the same elements in the later one, rising
 */
record Alignment(int[] beforeAt, int[] afterAt) {

    private static final int MAX_EDITS = 200;

    int size() {
        return beforeAt.length;
    }

    int before(int i) {
        return beforeAt[i];
    }

    int after(int i) {
        return afterAt[i];
    }

    static Alignment of(
            @Nullable Object[] before,
            int oldStart,
            int oldEnd,
            @Nullable Object[] after,
            int newStart,
            int newEnd) {
        var part = new Part(before, oldStart, oldEnd, after, newStart, newEnd);
        Optional<Alignment> few = part.byFewEdits();
        if (part.oldSize() != part.newSize()) {
            return few.orElseGet(part::byRisingPlaces);
        }
        int others = part.oldSize() - few.map(Alignment::size).orElse(part.oldSize() / 2);
        Alignment still = part.byPlace(others);
        if (few.isEmpty() && still.size() < part.oldSize() / 2) {
            few = Optional.of(part.byRisingPlaces());
        }
        return few.filter(found -> found.size() > still.size()).orElse(still);
    }

    /** The parts of two lists that are compared. */
    private record Part(
            @Nullable Object[] before,
            int oldStart,
            int oldEnd,
            @Nullable Object[] after,
            int newStart,
            int newEnd) {

        private int oldSize() {
            return oldEnd - oldStart;
        }

        private int newSize() {
            return newEnd - newStart;
        }

        private boolean same(int oldAt, int newAt) {
            return Differences.same(before[oldStart + oldAt], after[newStart + newAt]);
        }

        /**
         * @param others gives up once more elements are other ones
         */
        private Alignment byPlace(int others) {
            var found = new Pairs(oldSize());
            for (int i = 0; i < oldSize() && i - found.size <= others; i++) {
                if (same(i, i)) {
                    found.add(oldStart + i, newStart + i);
                }
            }
            return found.toAlignment();
        }

        /** Empty if more than a bounded number of elements came and went. */
        private Optional<Alignment> byFewEdits() {
            if (Math.abs(oldSize() - newSize()) > MAX_EDITS) {
                return Optional.empty();
            }
            int[][] trace = new int[MAX_EDITS + 1][];
            int[] furthest = new int[2 * MAX_EDITS + 3];
            long budget = 8L * (oldSize() + newSize()) + (long) MAX_EDITS * MAX_EDITS;
            for (int edits = 0; edits <= MAX_EDITS; edits++) {
                for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                    int from = step(furthest, diagonal, edits);
                    int oldAt = from;
                    while (oldAt < oldSize()
                            && oldAt - diagonal < newSize()
                            && same(oldAt, oldAt - diagonal)) {
                        oldAt++;
                    }
                    budget -= oldAt - from + 1;
                    furthest[diagonal + MAX_EDITS + 1] = oldAt;
                    if (oldAt >= oldSize() && oldAt - diagonal >= newSize()) {
                        return Optional.of(walkBack(trace, edits));
                    }
                }
                if (budget < 0) {
                    return Optional.empty();
                }
                int middle = MAX_EDITS + 1;
                trace[edits] = Arrays.copyOfRange(furthest, middle - edits, middle + edits + 1);
            }
            return Optional.empty();
        }

        /** Where one more edit leads on that diagonal. */
        private static int step(int[] furthest, int diagonal, int edits) {
            int at = diagonal + MAX_EDITS + 1;
            if (edits == 0) {
                return 0;
            }
            boolean down =
                    diagonal == -edits || diagonal != edits && furthest[at - 1] < furthest[at + 1];
            return down ? furthest[at + 1] : furthest[at - 1] + 1;
        }

        private Alignment walkBack(int[][] trace, int edits) {
            var found = new Pairs(Math.min(oldSize(), newSize()));
            int oldAt = oldSize();
            int newAt = newSize();
            for (int left = edits; left > 0; left--) {
                int[] earlier = trace[left - 1];
                int diagonal = oldAt - newAt;
                int reach = left - 1;
                boolean down =
                        diagonal == -left
                                || diagonal != left
                                        && at(earlier, diagonal - 1, reach)
                                                < at(earlier, diagonal + 1, reach);
                int oldFrom =
                        down
                                ? at(earlier, diagonal + 1, reach)
                                : at(earlier, diagonal - 1, reach) + 1;
                while (oldAt > oldFrom) {
                    found.add(oldStart + --oldAt, newStart + --newAt);
                }
                if (down) {
                    newAt--;
                } else {
                    oldAt--;
                }
            }
            while (oldAt > 0) {
                found.add(oldStart + --oldAt, newStart + --newAt);
            }
            return found.reversed().toAlignment();
        }

        private static int at(int[] furthest, int diagonal, int reach) {
            return furthest[diagonal + reach];
        }

        private Alignment byRisingPlaces() {
            Map<Object, Integer> places = new HashMap<>();
            for (int i = oldStart; i < oldEnd; i++) {
                Object element = before[i];
                if (element != null) {
                    places.put(element, i);
                }
            }
            var rising = new RisingPlaces(newSize());
            for (int i = newStart; i < newEnd; i++) {
                Object element = after[i];
                Integer place = element == null ? null : places.get(element);
                if (place != null && Differences.same(before[place], element)) {
                    rising.add(place, i);
                }
            }
            return rising.toAlignment();
        }
    }

    /** Pairs of places that are being gathered. */
    private static final class Pairs {
        private final int[] oldPlaces;
        private final int[] newPlaces;
        private int size;

        Pairs(int capacity) {
            oldPlaces = new int[capacity];
            newPlaces = new int[capacity];
        }

        void add(int oldPlace, int newPlace) {
            oldPlaces[size] = oldPlace;
            newPlaces[size++] = newPlace;
        }

        Pairs reversed() {
            var reversed = new Pairs(size);
            for (int i = size - 1; i >= 0; i--) {
                reversed.add(oldPlaces[i], newPlaces[i]);
            }
            return reversed;
        }

        Alignment toAlignment() {
            return new Alignment(Arrays.copyOf(oldPlaces, size), Arrays.copyOf(newPlaces, size));
        }
    }
}
