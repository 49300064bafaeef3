/**
 * What Snug says to people in another language than English: finished English lines are matched
 * with a catalogue, at the edge, so that nothing below knows of languages.
 *
 * <p>Invariant: a run in English loads nothing of this but {@link dev.snug.cli.language.Language};
 * what the catalogue does not have stays English, to the letter.
 */
@NullMarked
package dev.snug.cli.language;

import org.jspecify.annotations.NullMarked;
