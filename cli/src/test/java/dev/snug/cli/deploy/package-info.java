/** Tests of what hosts run Snug from. */
@NullMarked
package dev.snug.cli.deploy;

import org.jspecify.annotations.NullMarked;
