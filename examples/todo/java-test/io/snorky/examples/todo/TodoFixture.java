package io.snorky.examples.todo;

import java.nio.file.Path;

/** The application on a free port, with a database of its own and a stand-in for Snorky. */
final class TodoFixture implements AutoCloseable {

    final BackendStandIn snorky = new BackendStandIn();
    final TodoApplication application;
    final RestClient rest;

    TodoFixture(Path folder) throws Exception {
        application = TodoApplication.start(options(folder, snorky));
        rest = new RestClient(application.address());
    }

    static TodoOptions options(Path folder, BackendStandIn snorky) {
        return TodoOptions.withKey(BackendStandIn.KEY)
                .withPort(0)
                .withDatabase("jdbc:h2:file:" + folder.resolve("todo"))
                .withSnorkyBackend(snorky.address())
                .withPage(new PageFiles.Folder(folder));
    }

    @Override
    public void close() {
        rest.close();
        application.close();
        snorky.close();
    }
}
