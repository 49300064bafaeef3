package dev.snug.speech.book;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.speech.sound.SoundEncoder;
import dev.snug.speech.sound.SoundTags;
import dev.snug.speech.subtitle.Cue;
import dev.snug.speech.subtitle.SubtitleFormat;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.book.Book;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Makes the files of a book whose sound is all there: one, or one a chapter with a list of them,
 * and subtitles beside each. Every file appears whole or not at all, and the same sound makes the
 * same files.
 *
 * @param target the sound file; its name without its ending is the folder of chapter files
 * @param ending of sound files, without a stop
 */
public record BookFiles(
        Path target,
        String ending,
        Encoding encoding,
        Chapters chapters,
        Set<SubtitleFormat> subtitles) {
    /** Begins sound files. */
    @FunctionalInterface
    public interface Encoding {
        /** Begins a file of 24 kHz. */
        SoundEncoder begin(OutputStream out, SoundTags tags) throws IOException;
    }

    /** What becomes of chapters. */
    public enum Chapters {
        /** One file that says nothing of them. */
        NONE,
        /** One file with marks. */
        MARKS,
        /** A file each. */
        FILES
    }

    /**
     * Writes all of them.
     *
     * @return the file to begin with: the sound file, or the list of the chapters' files
     */
    public Path write(PlannedBook book, BookWork work) throws IOException {
        Book told = book.parts().book();
        List<SoundTags.Chapter> places = places(book, work);
        BookCues cues = new BookCues(book, work);
        if (chapters != Chapters.FILES) {
            List<SoundTags.Chapter> marks = chapters == Chapters.MARKS ? places : List.of();
            SoundTags tags = new SoundTags(told.title(), told.author(), "", 0, marks);
            long end = places.getLast().end();
            sound(work, new SoundTags.Chapter(told.title(), 0, end), tags, target);
            writeSubtitles(cues, 0, book.parts().count(), 0, target);
            return target;
        }
        Path folder = target.resolveSibling(withoutEnding(target));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            SoundTags.Chapter place = places.get(i);
            String name = ChapterNames.of(i + 1, places.size(), place.title()) + "." + ending;
            Path file = folder.resolve(name);
            SoundTags tags =
                    new SoundTags(place.title(), told.author(), told.title(), i + 1, List.of());
            sound(work, place, tags, file);
            int first = book.parts().firstOf(i);
            writeSubtitles(cues, first, book.parts().firstOf(i + 1), place.start(), file);
            names.add(name);
        }
        return list(folder, names, places);
    }

    private static List<SoundTags.Chapter> places(PlannedBook book, BookWork work) {
        List<SoundTags.Chapter> places = new ArrayList<>();
        List<Book.Chapter> chapters = book.parts().book().chapters();
        for (int i = 0; i < chapters.size(); i++) {
            places.add(
                    new SoundTags.Chapter(
                            chapters.get(i).title(),
                            start(book, work, i),
                            start(book, work, i + 1)));
        }
        return places;
    }

    private static long start(PlannedBook book, BookWork work, int chapter) {
        return work.samples(book.survey().firstChunkOf(book.parts().firstOf(chapter)));
    }

    private void sound(BookWork work, SoundTags.Chapter place, SoundTags tags, Path file) {
        AtomicReference<byte[]> head = new AtomicReference<>(new byte[0]);
        WholeFile.write(file, out -> head.set(encoded(work, place, tags, out)), head::get);
    }

    private byte[] encoded(BookWork work, SoundTags.Chapter place, SoundTags tags, OutputStream out)
            throws IOException {
        SoundEncoder encoder = encoding.begin(out, tags);
        try (encoder) {
            work.read(place.start(), place.end(), encoder::write);
        }
        return encoder.head();
    }

    private void writeSubtitles(BookCues cues, int from, int to, long start, Path sound) {
        for (SubtitleFormat each : subtitles) {
            Path file = sound.resolveSibling(withoutEnding(sound) + "." + each.word());
            WholeFile.write(
                    file,
                    out -> {
                        out.write(each.head().getBytes(StandardCharsets.UTF_8));
                        int number = 1;
                        for (int part = from; part < to; part++) {
                            for (Cue cue : cues.of(part)) {
                                String block = each.block(number++, cue.earlier(start));
                                out.write(block.getBytes(StandardCharsets.UTF_8));
                            }
                        }
                    });
        }
    }

    /** The extended M3U list, UTF-8, beside the folder. */
    private Path list(Path folder, List<String> names, List<SoundTags.Chapter> places) {
        StringBuilder lines = new StringBuilder("#EXTM3U\n");
        for (int i = 0; i < names.size(); i++) {
            SoundTags.Chapter place = places.get(i);
            long seconds =
                    Math.round((place.end() - place.start()) / (double) Reference.SAMPLE_RATE);
            lines.append(String.format(Locale.ROOT, "#EXTINF:%d,%s\n", seconds, place.title()));
            lines.append(folder.getFileName()).append('/').append(names.get(i)).append('\n');
        }
        Path list = target.resolveSibling(withoutEnding(target) + ".m3u8");
        WholeFile.write(list, out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
        return list;
    }

    /** The name of {@code file} up to its last stop. */
    private static String withoutEnding(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
    }
}
