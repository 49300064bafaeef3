/** Tests of comparisons. */
@NullMarked
package dev.snug.cli.compare;

import org.jspecify.annotations.NullMarked;
