/** One rule for each semiotic class, its data files, and the one rule for conflicts. */
@NullMarked
package dev.snug.speech.text.normalize.rule;

import org.jspecify.annotations.NullMarked;
