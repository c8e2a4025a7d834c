package io.snorky.server.oracle;

/** What has to happen in a run, or it has not tried out much. */
enum Happening {
    ROLLED_BACK("transactions rolled back"),
    PUBLISHED_LATE("transactions published after later ones of the same rows"),
    PUBLISHED_AGAIN("calls of the back end made again, as the server was away"),
    RESTARTED("restarts of the server"),
    FETCHED("fetches of data and token"),
    STALLED("pages that did not read for a while"),
    CUT("connections cut"),
    RESUMED("subscriptions resumed from an offset"),
    RESYNCED("subscriptions that had to be fetched anew"),
    TAKEN_OVER("subscriptions taken over from a connection that lived on"),
    CAME_TOO_LATE("tokens that had expired"),
    HUNG_UP_ON("pages that cannot resync and were hung up on"),
    CHANGED_ITS_MIND("subscriptions cancelled for others");

    /** In words. */
    final String text;

    Happening(String text) {
        this.text = text;
    }
}
