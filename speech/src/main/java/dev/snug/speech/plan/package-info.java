/**
 * What speaking takes, told before it begins, and reserved when it does. Reads graphs, but no
 * weights, and runs nothing.
 */
@NullMarked
package dev.snug.speech.plan;

import org.jspecify.annotations.NullMarked;
