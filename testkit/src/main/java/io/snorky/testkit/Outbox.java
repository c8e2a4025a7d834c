package io.snorky.testkit;

import io.snorky.CloseReason;
import io.snorky.Message;
import io.snorky.Overflow;
import io.snorky.transport.LogReader;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is on its way to a client, which hears it at once unless it does not read.
 *
 * <p>Threads: belongs to the client's loop.
 */
final class Outbox implements LogReader.Room {

    private final Consumer<Message> hear;
    private final Consumer<CloseReason> close;
    private final Consumer<Runnable> later;
    private final List<LogReader> readers = new ArrayList<>();
    private final List<Message> waiting = new ArrayList<>();
    private boolean reads = true;
    private int room;
    private int logRoom = Integer.MAX_VALUE;

    /**
     * @param later runs tasks in the client's loop, after what it has to do already
     */
    Outbox(Consumer<Message> hear, Consumer<CloseReason> close, Consumer<Runnable> later) {
        this.hear = hear;
        this.close = close;
        this.later = later;
    }

    void take(Message message) {
        if (message.overflow() == Overflow.LAG) {
            takeOfLog(message);
        } else if (reads) {
            hear.accept(message);
        } else {
            makeWait(message);
        }
    }

    private void takeOfLog(Message message) {
        for (LogReader reader : readers) {
            if (reader.log().equals(message.kind()) && reader.takes(message.offset(), isOpen())) {
                send(message);
            }
        }
    }

    private void makeWait(Message message) {
        switch (message.overflow()) {
            case CONFLATE -> waiting.removeIf(earlier -> isOfSameKind(earlier, message));
            case DROP_OLDEST -> makeRoomFor(message);
            case CLOSE, LAG -> {}
        }
        if (waiting.size() < room) {
            waiting.add(message);
        } else {
            room = 0;
            waiting.clear();
            close.accept(CloseReason.SLOW_READER);
        }
    }

    private void makeRoomFor(Message message) {
        for (int i = 0; i < waiting.size() && waiting.size() >= room; i++) {
            if (isOfSameKind(waiting.get(i), message)) {
                waiting.remove(i);
                return;
            }
        }
    }

    private static boolean isOfSameKind(Message one, Message other) {
        return one.overflow() == other.overflow() && one.kind().equals(other.kind());
    }

    void stopReading(int newRoom) {
        reads = false;
        room = newRoom;
    }

    void readOn() {
        reads = true;
        List.copyOf(waiting).forEach(hear);
        waiting.clear();
        catchUp();
    }

    void setLogRoom(int messages) {
        logRoom = messages;
        catchUp();
    }

    void follow(LogReader reader) {
        if (!readers.contains(reader)) {
            readers.add(reader);
        }
        catchUp();
    }

    void unfollow(LogReader reader) {
        readers.remove(reader);
    }

    /**
     * Asks each once, as some wait for others before they can go on; then others get their turn.
     */
    private void catchUp() {
        boolean isSomeBehind = false;
        for (LogReader reader : List.copyOf(readers)) {
            if (reader.isBehind() && isOpen()) {
                reader.catchUp(this);
                isSomeBehind |= reader.isBehind() && isOpen();
            }
        }
        if (isSomeBehind) {
            later.accept(this::catchUp);
        }
    }

    @Override
    public boolean isOpen() {
        return reads && logRoom > 0;
    }

    @Override
    public void send(Message message) {
        logRoom--;
        if (reads) {
            hear.accept(message);
        } else {
            waiting.add(message);
        }
    }
}
