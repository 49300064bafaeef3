/** When the velocity of the flow is asked for: the time points of the Euler integration. */
@NullMarked
package dev.snug.speech.schedule;

import org.jspecify.annotations.NullMarked;
