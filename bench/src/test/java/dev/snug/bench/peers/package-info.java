@NullMarked
package dev.snug.bench.peers;

import org.jspecify.annotations.NullMarked;
