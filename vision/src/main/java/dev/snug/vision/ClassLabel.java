package dev.snug.vision;

import org.jspecify.annotations.Nullable;

/**
 * One class that a model tells apart.
 *
 * @param id short and stable, for programs: {@code mel}
 * @param name for people: {@code melanoma}
 * @param group what the class counts as, {@code benign} or {@code malignant}; null when the bundle
 *     does not say
 */
public record ClassLabel(String id, String name, @Nullable String group) {}
