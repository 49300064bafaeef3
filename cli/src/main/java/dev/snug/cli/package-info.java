/**
 * The {@code snug} command: one file per command, results on standard output, talk on standard
 * error.
 *
 * <p>Invariant: only {@link dev.snug.cli.Main} reads the environment or ends the process.
 */
@NullMarked
package dev.snug.cli;

import org.jspecify.annotations.NullMarked;
