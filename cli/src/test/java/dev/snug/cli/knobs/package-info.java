/** Tests of the knob report's decisions. */
@NullMarked
package dev.snug.cli.knobs;

import org.jspecify.annotations.NullMarked;
