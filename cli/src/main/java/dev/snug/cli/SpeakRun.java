package dev.snug.cli;

import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.speech.SoundSink;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechState;
import dev.snug.speech.Spoken;
import dev.snug.speech.StageObserver;
import dev.snug.speech.book.BookFiles;
import dev.snug.speech.book.BookSpeech;
import dev.snug.speech.book.BookWork;
import dev.snug.speech.book.Fingerprint;
import dev.snug.speech.book.PlannedBook;
import dev.snug.speech.sound.WavWriter;
import dev.snug.speech.text.Reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Speaking what was planned, and saying how it went.
 *
 * @param stages looks at each stage
 */
record SpeakRun(
        Surroundings surroundings,
        PlannedBook book,
        MemoryLimit limit,
        SpeakReport report,
        MemoryLogOptions memoryLog,
        StageObserver stages,
        boolean isJson) {
    private static final int SAMPLE_BYTES = 2;

    /** Speaks all of it into {@code sound}. */
    void once(SoundOutput sound) throws IOException {
        Spoken spoken = sound.write(sink -> spoken(SpeechState.START, 0, sink));
        notes().unread(spoken.unread());
        if (isJson) {
            report.spokenJson(surroundings.out(), sound.path(), spoken);
        } else {
            // Beside sound on standard output a line of text would be heard.
            if (sound.path() == null) {
                report.spoken(surroundings.err(), sound.name(), spoken);
            } else {
                surroundings.show(page -> report.spoken(page, sound.name(), spoken));
            }
            report.provider().tell(surroundings.err());
        }
    }

    /**
     * Speaks it chunk by chunk into a folder beside the target, and makes the files when all is
     * there. What an earlier run of the same has kept is gone on with.
     */
    void kept(BookFiles files, Fingerprint wanted, boolean isRestarted) throws IOException {
        requireRoom(files);
        double chunkSeconds = book.planned().memory().settings().chunkSeconds();
        try (BookWork work = BookWork.open(files.target(), wanted, chunkSeconds, isRestarted)) {
            SpeechState from = work.state();
            int all = book.survey().chunks().count();
            Spoken spoken;
            try (StoppedNote _ = StoppedNote.of(surroundings.err(), work, all)) {
                notes().kept(from.chunks(), all);
                spoken =
                        from.chunks() == all
                                ? new Spoken(0, 0, 0, 0, 0, List.of())
                                : spoken(from, work.samples(from.chunks()), work);
            } finally {
                if (work.state().chunks() == 0) {
                    work.delete();
                }
            }
            Path written = files.write(book, work);
            work.delete();
            notes().unread(spoken.unread());
            tellBook(written, work.samples(all), from.chunks(), spoken);
        }
    }

    private Spoken spoken(SpeechState from, long samplesBefore, SoundSink sink) throws IOException {
        try (ProgressLine line = new ProgressLine(surroundings);
                Running running =
                        memoryLog.begin(
                                surroundings,
                                "speak",
                                report.model(),
                                limit.bytes(),
                                isJson ? null : line);
                MemoryBudget budget = MemoryBudget.open(limit, report.provider().placement());
                Reservation _ = book.planned().audio(budget)) {
            SpeakProgress progress =
                    new SpeakProgress(
                            line,
                            book.planned().framesBetweenCollections(),
                            book.survey().chunks().count(),
                            from.chunks(),
                            samplesBefore);
            WatchedSpeech watched = new WatchedSpeech(running, progress, stages);
            try (Speaker speaker = book.planned().reserving(budget)) {
                return BookSpeech.speak(book, speaker, from, sink, watched, watched);
            }
        }
    }

    /** What is kept, and the files made of it, are on the disk at the same time. */
    private void requireRoom(BookFiles files) throws IOException {
        long samples = book.survey().samples();
        boolean isLong =
                files.ending().equals("wav")
                        && files.chapters() != BookFiles.Chapters.FILES
                        && samples > WavWriter.SAMPLES_MAX;
        if (isLong) {
            throw new UsageException(
                    String.format(
                            Locale.ROOT,
                            "a WAV file ends at %.1f hours and this text takes about %.1f; give"
                                    + " --chapters files or another format",
                            hours(WavWriter.SAMPLES_MAX),
                            hours(samples)));
        }
        DiskRoom.require(files.target(), 2 * SAMPLE_BYTES * samples, "speaking this text");
    }

    private static double hours(long samples) {
        return samples / (3600.0 * Reference.SAMPLE_RATE);
    }

    private void tellBook(Path written, long samples, int before, Spoken spoken) {
        int chapters = book.parts().book().chapters().size();
        Spoken whole =
                new Spoken(
                        samples,
                        book.survey().chunks().count(),
                        book.planned().speech().sampling().schedule().steps(),
                        spoken.firstAudioSeconds(),
                        spoken.seconds(),
                        spoken.unread());
        if (isJson) {
            report.spokenJson(
                    surroundings.out(),
                    written,
                    whole,
                    json -> {
                        json.writeNumberProperty("chapters", chapters);
                        json.writeNumberProperty("chunks_kept", before);
                    });
        } else {
            surroundings.show(page -> report.spoken(page, written.toString(), whole));
            report.provider().tell(surroundings.err());
        }
    }

    private SpeakNotes notes() {
        return new SpeakNotes(surroundings.err(), isJson);
    }
}
