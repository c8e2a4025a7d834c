package io.snorky.examples.todo;

import java.io.IOException;
import java.sql.SQLException;

/** What answers the requests below one path. */
interface Route {

    /**
     * Answers one request.
     *
     * @throws ApiError if it is not to be served; the answer is then made of that
     */
    void serve(Exchange exchange) throws IOException, SQLException, InterruptedException;
}
