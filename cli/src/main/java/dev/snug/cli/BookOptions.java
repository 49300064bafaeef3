package dev.snug.cli;

import dev.snug.speech.book.BookFiles;
import dev.snug.speech.sound.SoundFormat;
import dev.snug.speech.subtitle.SubtitleFormat;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The options of long texts: chapters, subtitles, and going on after an interruption. */
final class BookOptions {
    /** What is made of chapters. */
    enum Chapters {
        MARKS,
        FILES
    }

    @Option(
            names = "--chapters",
            arity = "0..1",
            fallbackValue = "MARKS",
            paramLabel = "HOW",
            description = {
                "marks: the sound file says where chapters begin; default. files: a folder beside"
                        + " it with a file for each, and a list (m3u8)."
            })
    private @Nullable Chapters chapters;

    @Option(
            names = "--subtitles",
            split = ",",
            paramLabel = "FORMAT",
            description = "Beside each sound file one of srt, vtt or both: srt,vtt.")
    private SubtitleFormat @Nullable [] subtitles;

    @Option(
            names = "--restart",
            description = {
                "Throw away what an interrupted run has kept. Without it the same command goes on"
                        + " where that one ended."
            })
    private boolean isRestarted;

    boolean isRestarted() {
        return isRestarted;
    }

    /**
     * What is made of a text that is kept on the disk until all of it is spoken; empty where it is
     * spoken in one go.
     *
     * @param isFile whether the text is a file
     * @param isOnce whether it cannot be kept
     * @throws UsageException when what is asked needs files and none are written
     */
    Optional<BookFiles> files(OutputOptions output, boolean isFile, boolean isOnce) {
        boolean isAsked = chapters != null || subtitles != null || isRestarted;
        Optional<Path> target = output.target();
        if (isAsked && (target.isEmpty() || isOnce)) {
            throw new UsageException(
                    "--chapters, --subtitles and --restart need a sound file; give -o FILE and"
                            + " leave out --dump and --noise");
        }
        if (target.isEmpty() || isOnce || !(isFile || isAsked)) {
            return Optional.empty();
        }
        SoundFormat format = output.format();
        if (chapters == Chapters.MARKS && !format.marksChapters()) {
            throw new UsageException(
                    "%s has no place for chapter marks; give --chapters files%s"
                            .formatted(format.word(), marking()));
        }
        Set<SubtitleFormat> asked = EnumSet.noneOf(SubtitleFormat.class);
        if (subtitles != null) {
            asked.addAll(Arrays.asList(subtitles));
        }
        return Optional.of(
                new BookFiles(target.get(), format.word(), output.encoding(), what(), asked));
    }

    private BookFiles.Chapters what() {
        if (chapters == null) {
            return BookFiles.Chapters.NONE;
        }
        return chapters == Chapters.FILES ? BookFiles.Chapters.FILES : BookFiles.Chapters.MARKS;
    }

    /** Which formats have marks. */
    private static String marking() {
        String words =
                Arrays.stream(SoundFormat.values())
                        .filter(SoundFormat::marksChapters)
                        .map(SoundFormat::word)
                        .collect(Collectors.joining(", "));
        return words.isEmpty() ? "" : " or a file of " + words;
    }
}
