package dev.snug.speech.sound;

import dev.snug.speech.sound.SoundTags.Chapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tags as FLAC, Opus and Vorbis have them.
 *
 * <p>Sources: Xiph.org, "Ogg Vorbis I format specification: comment field and header
 * specification"; its wiki's "Chapter Extension" for chapters.
 */
final class VorbisComments {
    private VorbisComments() {}

    /** The comments, NAME=text each. */
    static List<String> of(SoundTags tags, int rate) {
        List<String> comments = new ArrayList<>();
        add(comments, "TITLE", tags.title());
        add(comments, "ARTIST", tags.artist());
        add(comments, "ALBUM", tags.album());
        add(comments, "TRACKNUMBER", tags.track() > 0 ? "" + tags.track() : "");
        for (int i = 0; i < tags.chapters().size(); i++) {
            Chapter chapter = tags.chapters().get(i);
            String name = "CHAPTER%03d".formatted(i + 1);
            comments.add(name + "=" + time(chapter.start() * 1000 / rate));
            add(comments, name + "NAME", chapter.title());
        }
        return comments;
    }

    private static void add(List<String> comments, String name, String text) {
        if (!text.isEmpty()) {
            comments.add(name + "=" + text);
        }
    }

    private static String time(long millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1_000 % 60,
                millis % 1_000);
    }
}
