/** Tests of services without a network. Start at {@link io.snorky.testkit.TestClient}. */
module io.snorky.testkit {
    requires transitive io.snorky.core;
    requires transitive org.jspecify;

    exports io.snorky.testkit;
}
