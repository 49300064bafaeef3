package dev.snug.vision.picture;

/** Bytes {@code at} to {@code at + bytes} of a file. */
record Piece(long at, long bytes) {}
