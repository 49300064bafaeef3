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

    /** Code points of a title that is the begin of a text. */
    private static final int TITLE_CHARS = 60;

    public SoundTags {
        chapters = List.copyOf(chapters);
    }

    /** The begin of {@code text}, said by {@code voice}. */
    public static SoundTags spoken(String text, String voice) {
        return new SoundTags(begin(text), voice, "", 0, List.of());
    }

    /** Whole words, unless the first one is too long. */
    private static String begin(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= TITLE_CHARS) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, TITLE_CHARS));
        int space = cut.lastIndexOf(' ');
        return (space > 0 ? cut.substring(0, space) : cut) + "…";
    }

    /**
     * A part of a book.
     *
     * @param start its first sample
     * @param end behind its last sample
     */
    public record Chapter(String title, long start, long end) {}
}
