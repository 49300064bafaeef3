package dev.snug.server.inference;

import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.api.Speeches;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers requests to voices. A tensor begins with its shape, and how long a sound becomes is known
 * at its end: so it lies on the disk of this run until it is sent.
 */
final class SpeechInference {
    /** Samples a second. */
    static final int RATE = 24_000;

    private static final AtomicLong NUMBER = new AtomicLong();

    /** A character takes at most 6 bytes as a JSON escape. */
    private static final int BYTES_OF_CHAR = 6;

    private final Answering answering;
    private final Speeches speeches;
    private final Path folder;
    private final int textChars;

    /**
     * Asks {@code answering}.
     *
     * @param folder of this run alone, for sound until it is sent
     * @param textChars most characters of a text
     */
    SpeechInference(Answering answering, Path folder, int textChars) {
        this.answering = answering;
        this.speeches = new Speeches(answering, textChars);
        this.folder = folder;
        this.textChars = textChars;
    }

    /** What a whole request may have. */
    long bodyBytesMax() {
        return (long) BYTES_OF_CHAR * textChars + RequestText.HEAD_BYTES_MAX;
    }

    /** Sound of a request, until it is sent. */
    record Spoken(Path file, long samples) {
        void delete() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + file, e);
            }
        }

        /** The outputs in the order of {@code wished}. */
        List<Output> outputs(Set<String> wished) {
            return wished.stream()
                    .map(
                            name ->
                                    name.equals(Signature.SOUND)
                                            ? Output.samples(name, file, samples)
                                            : Output.whole(name, RATE))
                    .toList();
        }
    }

    /** Speaks what a request that was checked asks for. */
    Spoken answer(ModelCard card, RequestHead head, RequestText text)
            throws IOException, InterruptedException {
        SpeechQuestion question = question(card, head, text);
        Path file = folder.resolve("sound-" + NUMBER.incrementAndGet());
        try (OutputStream out =
                Files.newOutputStream(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            answering.speak(question, part -> write(part, out));
        } catch (UncheckedIOException e) {
            Files.deleteIfExists(file);
            throw e.getCause();
        } catch (IOException | InterruptedException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Spoken(file, Files.size(file) / Short.BYTES);
    }

    private static void write(ByteBuffer part, OutputStream out) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpeechQuestion question(ModelCard card, RequestHead head, RequestText text)
            throws IOException {
        Map<String, Intake> given = new HashMap<>();
        List<Intake> intakes = new ArrayList<>();
        int charsMax = Math.max(textChars, RequestText.HEAD_BYTES_MAX);
        for (RequestHead.Input input : head.inputs()) {
            Intake intake =
                    input.datatype() == Datatype.BYTES
                            ? new Words(input, charsMax)
                            : new Figures(input);
            given.put(input.name(), intake);
            intakes.add(intake);
        }
        text.data(head.inputs(), intakes, charsMax);
        Number speed = figure(given, Signature.SPEED);
        Number steps = figure(given, Signature.STEPS);
        Number seed = figure(given, Signature.SEED);
        return speeches.checked(
                card.name(),
                String.valueOf(word(given, Signature.TEXT)),
                word(given, Signature.VOICE),
                speed == null ? 1 : speed.doubleValue(),
                steps == null ? null : (Long) steps.longValue(),
                seed == null ? Speeches.SEED : seed.longValue(),
                "pcm");
    }

    private static @Nullable String word(Map<String, Intake> given, String name) {
        return given.get(name) instanceof Words words ? words.words().getFirst() : null;
    }

    private static @Nullable Number figure(Map<String, Intake> given, String name) {
        return given.get(name) instanceof Figures figures ? figures.figures().getFirst() : null;
    }
}
