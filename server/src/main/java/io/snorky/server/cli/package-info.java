/** The stand-alone server, run from a configuration file. */
@NullMarked
package io.snorky.server.cli;

import org.jspecify.annotations.NullMarked;
