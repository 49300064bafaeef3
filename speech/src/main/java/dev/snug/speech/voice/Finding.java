package dev.snug.speech.voice;

/**
 * Something that a check found in a recording, one line with value and limit.
 *
 * @param isError whether no voice can be made of it; else it will only sound worse
 */
public record Finding(boolean isError, String message) {}
