package dev.snug.server.work;

import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.job.DoesNotFitException;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.Placement;
import dev.snug.runtime.worker.Reply;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.SpeechQuestion.Format;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.StageObserver;
import dev.snug.speech.book.BookFiles;
import dev.snug.speech.book.BookParts;
import dev.snug.speech.book.BookSpeech;
import dev.snug.speech.book.BookWork;
import dev.snug.speech.book.BookWorkException;
import dev.snug.speech.book.Fingerprint;
import dev.snug.speech.book.PlannedBook;
import dev.snug.speech.plan.EngineWish;
import dev.snug.speech.plan.PlannedSpeech;
import dev.snug.speech.sound.SoundFormat;
import dev.snug.speech.sound.WavWriter;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.book.Book;
import dev.snug.speech.text.book.BookFile;
import dev.snug.speech.voice.SpeechModel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Speaks a document into a folder, as {@code snug speak -f} does: what a request before this one
 * has spoken is gone on with, and when all chunks are there the file is made of them.
 */
final class BookTask {
    /** The request's name. */
    static final String SPEAK = "speak a document";

    /** Another one where half a sound of an older Snug is not to be gone on with any more. */
    private static final String GENERATION = "jobs 1";

    private static final int SAMPLE_BYTES = 2;

    private final WorkerSetup setup;

    BookTask(WorkerSetup setup) {
        this.setup = setup;
    }

    /** The sound that {@code question} ends in. */
    static Path sound(BookQuestion question) {
        String ending = SpeechTask.format(question.speech().format()).word();
        return question.workspace().resolve("sound." + ending);
    }

    void run(byte[] body, Reply reply) throws IOException {
        BookQuestion question = BookWire.question(body);
        try {
            speak(question, new Telling(reply));
        } catch (RuntimeException e) {
            Optional<AnswerException> refusal = Refusals.ofQuestion(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            reply.send(
                    SpeechWire.encoded(
                            Refusals.withoutNameOf(
                                    question.file(), "the document", refusal.get())));
        }
    }

    private void speak(BookQuestion question, Telling telling) throws IOException {
        if (question.speech().format() == Format.PCM) {
            throw refused("bare samples are not kept as a file; ask for wav or flac");
        }
        SpeechModel model =
                SpeechModel.open(
                        setup.store(),
                        Objects.requireNonNull(question.speech().model()),
                        setup.home());
        PlannedBook book = planned(question, model);
        requireRoom(question, book);
        Fingerprint wanted =
                Fingerprint.of(
                        book,
                        model.bundle().manifestSha256(),
                        question.speech().seed(),
                        GENERATION);
        try (BookWork work =
                opened(
                        sound(question),
                        wanted,
                        book.planned().memory().settings().chunkSeconds())) {
            telling.begin(work, book.survey().chunks().count());
            if (!telling.isAllThere()) {
                speak(book, work, telling);
            }
            files(question, book, telling).write(book, work);
        }
    }

    /** Cut as an earlier request has cut it: how memory was then is no reason to begin anew. */
    private PlannedBook planned(BookQuestion question, SpeechModel model) throws IOException {
        BookParts parts = new BookParts(book(question));
        SpeechRequest request =
                AskedSpeech.request(
                        model,
                        question.speech(),
                        parts.passage(0),
                        question.kind() != BookFile.EPUB);
        Optional<Double> before = BookWork.chunkSeconds(sound(question));
        if (before.isPresent()) {
            try {
                return planned(question, model, request, parts, OptionalDouble.of(before.get()));
            } catch (DoesNotFitException e) {
                // There is less memory than there was: cut anew, and begun anew where that matters.
                return planned(question, model, request, parts, OptionalDouble.empty());
            }
        }
        return planned(question, model, request, parts, OptionalDouble.empty());
    }

    private PlannedBook planned(
            BookQuestion question,
            SpeechModel model,
            SpeechRequest request,
            BookParts parts,
            OptionalDouble chunkSeconds)
            throws IOException {
        return PlannedBook.of(
                model,
                request,
                new PlannedSpeech.Wish(
                        chunkSeconds,
                        EngineWish.open(Runtime.getRuntime().availableProcessors())
                                .withPlacement(setup.placement()),
                        setup.limit(),
                        Prefer.BALANCED,
                        false,
                        SpeechTask.format(question.speech().format())),
                NetworksOpening.BY_FAMILY,
                parts);
    }

    /** A text without a title is called as its sender calls it, not as the file here. */
    private static Book book(BookQuestion question) {
        Book read = question.kind().open(question.file());
        String file = String.valueOf(question.file().getFileName());
        boolean isUntitled = read.title().isEmpty() || file.startsWith(read.title());
        return isUntitled
                ? new Book(question.title(), read.author(), read.language(), read.chapters())
                : read;
    }

    private void requireRoom(BookQuestion question, PlannedBook book) throws IOException {
        long samples = book.survey().samples();
        if (question.speech().format() == Format.WAV && samples > WavWriter.SAMPLES_MAX) {
            throw tooLarge("a WAV file has no room for so long a text; ask for another format");
        }
        // What is kept and the file made of it are on the disk at the same time.
        long bytes = 2 * SAMPLE_BYTES * samples;
        long free = Files.getFileStore(question.workspace()).getUsableSpace();
        if (free < bytes && !Files.exists(BookWork.folderOf(sound(question)))) {
            throw tooLarge(
                    "speaking this text takes %d bytes of the server's disk, and %d are free"
                            .formatted(bytes, free));
        }
    }

    /** Goes on with what is there, or begins anew where that is of something else. */
    private static BookWork opened(Path target, Fingerprint wanted, double chunkSeconds)
            throws IOException {
        try {
            return BookWork.open(target, wanted, chunkSeconds, false);
        } catch (BookWorkException e) {
            // Another processor makes other samples, and so does another plan: half of each is
            // none.
            return BookWork.open(target, wanted, chunkSeconds, true);
        }
    }

    private void speak(PlannedBook book, BookWork work, Telling telling) throws IOException {
        MemoryLimit limit = setup.limit();
        Placement placement = setup.placement();
        try (MemoryBudget budget = MemoryBudget.open(limit, placement);
                Reservation _ = book.planned().audio(budget);
                Speaker speaker = book.planned().reserving(budget)) {
            BookSpeech.speak(book, speaker, work.state(), telling, telling, StageObserver.NONE);
        }
    }

    private static BookFiles files(BookQuestion question, PlannedBook book, Telling telling) {
        SoundFormat format = SpeechTask.format(question.speech().format());
        boolean isMarked = format.marksChapters() && book.parts().book().chapters().size() > 1;
        return new BookFiles(
                sound(question),
                format.word(),
                (out, tags) -> telling.within(format.encoder(out, Reference.SAMPLE_RATE, tags)),
                isMarked ? BookFiles.Chapters.MARKS : BookFiles.Chapters.NONE,
                Set.of());
    }

    private static AnswerException refused(String words) {
        return new AnswerException(AnswerException.Kind.BAD_QUESTION, words);
    }

    private static AnswerException tooLarge(String words) {
        return new AnswerException(AnswerException.Kind.TOO_LARGE, words);
    }
}
