/**
 * What DataSync promises, tried out: a web application that writes to a real database, pages that
 * show parts of it, and all that can go wrong between them. In the end every page has to show what
 * the database has. Start reading at {@link io.snorky.server.oracle.DataSyncOracleTest}.
 */
@NullMarked
package io.snorky.server.oracle;

import org.jspecify.annotations.NullMarked;
