package dev.snug.runtime.plan;

import java.util.List;

/**
 * The most memory that a process is predicted to hold, part by part.
 *
 * @param parts in the order in which a person wants to read them
 */
public record Predicted(List<Part> parts) {
    public Predicted {
        parts = List.copyOf(parts);
    }

    /**
     * One reason why memory is held.
     *
     * @param name for people, such as {@code activations}
     * @param anonymousBytes pages of no file: the system can only swap them
     * @param mappedBytes pages of files, which the system can drop and read again
     */
    public record Part(String name, long anonymousBytes, long mappedBytes) {
        public Part {
            if (anonymousBytes < 0 || mappedBytes < 0) {
                throw new IllegalArgumentException(
                        "%s of %d and %d bytes".formatted(name, anonymousBytes, mappedBytes));
            }
        }
    }

    /** Of all parts together. */
    public long anonymousBytes() {
        return parts.stream().mapToLong(Part::anonymousBytes).sum();
    }

    /** Of all parts together. */
    public long mappedBytes() {
        return parts.stream().mapToLong(Part::mappedBytes).sum();
    }

    /** Anonymous and mapped: the resident set when nothing was dropped. */
    public long residentBytes() {
        return anonymousBytes() + mappedBytes();
    }
}
