/**
 * What the kernel says about memory: this process, its control group, the machine.
 *
 * <p>{@link dev.snug.runtime.measure.Probe} is the way in. The root folder is a parameter, so that
 * fixtures test every layout. Only reads; where the kernel says nothing (macOS, an old kernel, a
 * missing controller) the answer is empty, never a guess.
 */
@NullMarked
package dev.snug.runtime.measure;

import org.jspecify.annotations.NullMarked;
