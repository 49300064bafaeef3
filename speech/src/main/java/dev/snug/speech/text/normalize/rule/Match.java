package dev.snug.speech.text.normalize.rule;

/**
 * A reading of one or more tokens.
 *
 * @param end the token after the last that was read
 * @param spoken words with single spaces between; empty for what is not said
 */
public record Match(int end, String spoken, SemioticClass kind) {}
