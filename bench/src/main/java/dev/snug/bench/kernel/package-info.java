/**
 * JMH benchmarks of the loops that touch every pixel. Their classes are public and not final
 * because JMH derives its own from them.
 */
@NullMarked
package dev.snug.bench.kernel;

import org.jspecify.annotations.NullMarked;
