package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;

import org.jspecify.annotations.Nullable;

/**
 * The grammar of one semiotic class. It looks at a bounded number of tokens, so that reading a text
 * takes time in proportion to its length.
 */
interface Rule {
    /** The longest reading by this rule that begins at token {@code at}, or null. */
    @Nullable Match at(Line line, int at);
}
