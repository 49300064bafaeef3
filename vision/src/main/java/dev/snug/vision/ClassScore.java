package dev.snug.vision;

/** How likely the model holds a class to be, 0 to 1; all classes of a picture sum to 1. */
public record ClassScore(ClassLabel label, float probability) {}
