/** What a run will take, told before it is started. Pure: nothing is loaded, measured or logged. */
@NullMarked
package dev.snug.runtime.plan;

import org.jspecify.annotations.NullMarked;
