/** What the folder of a speech model says of itself beside its graphs. */
@NullMarked
package dev.snug.speech.bundle;

import org.jspecify.annotations.NullMarked;
