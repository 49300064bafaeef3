package dev.snug.speech.sound;

import java.util.List;

/**
 * What a sound file says of itself; an empty text is left out.
 *
 * @param track number within the album, from 1; 0: none
 * @param chapters in the order of their starts; where a format has no place for them they are left
 *     out
 */
public record SoundTags(
        String title, String artist, String album, int track, List<Chapter> chapters) {
    /** Nothing. */
    public static final SoundTags NONE = new SoundTags("", "", "", 0, List.of());

    public SoundTags {
        chapters = List.copyOf(chapters);
    }

    /**
     * A part of a book.
     *
     * @param start its first sample
     * @param end behind its last sample
     */
    public record Chapter(String title, long start, long end) {}
}
