package dev.snug.cli.compare;

/**
 * A case that one of the models, or both, did not answer.
 *
 * @param number from 1, as it was given
 * @param name of the file, or the sentence
 * @param error one line
 */
public record FailedCase(int number, String name, String error) {}
