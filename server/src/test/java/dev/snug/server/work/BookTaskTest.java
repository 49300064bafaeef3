package dev.snug.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.worker.Reply;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.SpeechQuestion.Format;
import dev.snug.server.settings.HeatMaps;
import dev.snug.speech.text.book.BookFile;
import dev.snug.vision.picture.PictureCaps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Documents that are spoken with the small voice, with interruptions and without. The oracles: the
 * same document in one go, and the answer to the same words as a question.
 */
final class BookTaskTest {
    private static final Path ROOT =
            Path.of(System.getProperty("snug.root", "..")).toAbsolutePath().normalize();

    private static final String SENTENCE = "Một buổi sáng đẹp trời, gió thổi nhẹ qua hàng cây. ";

    private static final String BOOK =
            """
            # Ngày đầu

            %s

            # Ngày sau

            %s
            """
                    .formatted(SENTENCE.repeat(4), SENTENCE.repeat(3));

    @TempDir private Path folder;

    /** What a worker's parent hears; it gives the request up behind as many steps as it says. */
    private static final class Parent implements Reply {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final int stepsMost;
        private int steps;

        Parent(int stepsMost) {
            this.stepsMost = stepsMost;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) {
            if (cancelled()) {
                throw new CancellationException("cancelled by the sender");
            }
            all.write(bytes, offset, length);
        }

        @Override
        public void stepEnded() {
            if (++steps == stepsMost) {
                throw new CancellationException("cancelled by the sender");
            }
        }

        @Override
        public boolean cancelled() {
            return steps >= stepsMost;
        }
    }

    private WorkerSetup setup() {
        return new WorkerSetup(
                folder.resolve("home"),
                Optional.of(ROOT.resolve("models")),
                // The tests' own heap counts: the workers' is smaller.
                3L << 30,
                HeatMaps.OFF,
                PictureCaps.DEFAULT,
                ProviderWish.CPU);
    }

    private BookQuestion question(String text, BookFile kind, String workspace, Format format)
            throws IOException {
        Path file = Files.writeString(folder.resolve("input"), text);
        return new BookQuestion(
                file,
                kind,
                Files.createDirectories(folder.resolve(workspace)),
                "a story",
                new SpeechQuestion(null, "", null, 1, 4, 7, format));
    }

    /** Runs it until it ends or was given up; the steps that were told. */
    private List<String> run(BookQuestion question, int stepsMost) throws IOException {
        Parent parent = new Parent(stepsMost);
        List<String> told = new ArrayList<>();
        try {
            new BookTask(setup()).run(BookWire.encoded(question, "snug-vi"), parent);
        } catch (CancellationException e) {
            assertThat(parent.cancelled()).isTrue();
        }
        BookWire.Reader reader =
                new BookWire.Reader(
                        new BookSteps() {
                            @Override
                            public void stepEnded(int done, int total, long millis) {
                                assertThat(millis).isBetween(0L, 600_000L);
                                told.add(done + "/" + total);
                            }

                            @Override
                            public void goesOn() {}
                        });
        // In pieces, as a socket may cut it.
        byte[] all = parent.all.toByteArray();
        for (int at = 0; at < all.length; at += 5) {
            reader.accept(ByteBuffer.wrap(all, at, Math.min(5, all.length - at)));
        }
        reader.requireMade();
        return told;
    }

    @ParameterizedTest
    @EnumSource(value = Format.class, mode = EnumSource.Mode.EXCLUDE, names = "PCM")
    void whatIsGoneOnWithAgainAndAgainIsTheSameFileByteByByte(Format format) throws IOException {
        BookQuestion whole = question(BOOK, BookFile.MARKDOWN, "whole", format);
        BookQuestion cut = question(BOOK, BookFile.MARKDOWN, "cut", format);

        List<String> all = run(whole, Integer.MAX_VALUE);
        assertThat(all).hasSizeGreaterThan(3);
        List<String> told = new ArrayList<>();
        while (!Files.exists(BookTask.sound(cut))) {
            told.addAll(run(cut, 2));
        }

        assertThat(told).isEqualTo(all);
        assertThat(BookTask.sound(cut)).hasSameBinaryContentAs(BookTask.sound(whole));
        assertThat(BookTask.sound(cut).getFileName()).hasToString("sound." + ending(format));
    }

    private static String ending(Format format) {
        return PictureWire.word(format);
    }

    /** A worker that is killed leaves samples that do not count; here they are of nothing. */
    @Test
    void whatDoesNotCountIsSpokenAgain() throws IOException {
        BookQuestion whole = question(BOOK, BookFile.MARKDOWN, "whole", Format.FLAC);
        BookQuestion cut = question(BOOK, BookFile.MARKDOWN, "cut", Format.FLAC);
        run(whole, Integer.MAX_VALUE);
        run(cut, 2);
        Path samples = folder.resolve("cut/.sound.flac.snug-part/sound.pcm");
        Files.write(samples, new byte[4321], StandardOpenOption.APPEND);

        run(cut, Integer.MAX_VALUE);

        assertThat(BookTask.sound(cut)).hasSameBinaryContentAs(BookTask.sound(whole));
    }

    @Test
    void halfOfAnotherTextIsNotGoneOnWith() throws IOException {
        BookQuestion other = question("Không. " + BOOK, BookFile.MARKDOWN, "cut", Format.WAV);
        run(other, 2);
        BookQuestion cut = question(BOOK, BookFile.MARKDOWN, "cut", Format.WAV);

        assertThat(run(cut, Integer.MAX_VALUE).getFirst()).startsWith("1/");

        BookQuestion whole = question(BOOK, BookFile.MARKDOWN, "whole", Format.WAV);
        run(whole, Integer.MAX_VALUE);
        assertThat(BookTask.sound(cut)).hasSameBinaryContentAs(BookTask.sound(whole));
    }

    @Test
    void aTextAsAJobHasTheSamplesOfTheSameTextAsAQuestion() throws IOException {
        String text = SENTENCE.repeat(3).strip();
        BookQuestion job = question(text, BookFile.PLAIN, "job", Format.WAV);
        run(job, Integer.MAX_VALUE);

        Parent asked = new Parent(Integer.MAX_VALUE);
        setup().options().forEach(BookTaskTest::set);
        new SpeechTask()
                .run(
                        SpeechTask.SPEAK,
                        SpeechWire.encoded(
                                new SpeechQuestion(null, text, null, 1, 4, 7, Format.PCM),
                                "snug-vi"),
                        asked);

        byte[] samples = asked.all.toByteArray();
        byte[] file = Files.readAllBytes(BookTask.sound(job));
        int head = file.length - (samples.length - 1);
        assertThat(head).isBetween(44, 100);
        assertThat(Arrays.mismatch(file, head, file.length, samples, 1, samples.length))
                .isEqualTo(-1);
    }

    private static void set(String option) {
        String[] words = option.substring("-D".length()).split("=", 2);
        System.setProperty(words[0], words[1]);
    }

    @Test
    void whatCannotBeSpokenIsRefusedWithoutTheNamesOfFilesHere() throws IOException {
        assertRefused(question("%%%", BookFile.PLAIN, "job", Format.WAV), "nothing to read aloud");
        assertRefused(question("no archive", BookFile.EPUB, "job", Format.WAV), "the document");
        assertRefused(question("Một.", BookFile.PLAIN, "job", Format.PCM), "wav or flac");
    }

    private void assertRefused(BookQuestion question, String words) {
        assertThatThrownBy(() -> run(question, Integer.MAX_VALUE))
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        e -> assertThat(e.kind()).isEqualTo(AnswerException.Kind.BAD_QUESTION))
                .hasMessageContaining(words)
                .hasMessageNotContaining(folder.toString());
    }
}
