/** Files of other projects' tests, whole and damaged, against what reads files from outside. */
@NullMarked
package dev.snug.bench.suites;

import org.jspecify.annotations.NullMarked;
