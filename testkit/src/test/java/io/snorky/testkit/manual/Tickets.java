package io.snorky.testkit.manual;

import io.snorky.Lane;
import io.snorky.NonBlocking;
import io.snorky.rpc.Command;
import io.snorky.rpc.RpcService;
import io.snorky.rpc.Turn;

@NonBlocking
final class Tickets extends RpcService {

    private final Lane lane = new Lane();
    private int last;

    Tickets() {
        super("tickets");
    }

    @Command
    Turn draw() {
        return new Turn(lane, () -> ++last);
    }
}
