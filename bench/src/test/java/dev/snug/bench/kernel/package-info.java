@NullMarked
package dev.snug.bench.kernel;

import org.jspecify.annotations.NullMarked;
