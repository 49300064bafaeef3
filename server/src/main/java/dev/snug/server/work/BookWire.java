package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.speech.text.book.BookFile;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A question for a document's sound and what is told of it between front and worker: the question
 * is a JSON object; of each step comes a record of {@link #STEP_BYTES}, of a refusal {@link
 * SpeechWire#REFUSED} and JSON to the end.
 *
 * <pre>
 * kind    done     total    millis
 * 1 byte  4 bytes  4 bytes  8 bytes, big end
 * </pre>
 */
final class BookWire {
    static final byte STEP = 'P';
    static final byte GOES_ON = 'G';
    static final int STEP_BYTES = 1 + 2 * Integer.BYTES + Long.BYTES;

    /** Of a refusal: some lines of words. */
    private static final int REFUSAL_BYTES_MAX = 64 << 10;

    private static final String WHERE = "the question";

    private BookWire() {}

    /** {@code question} to {@code model}. */
    static byte[] encoded(BookQuestion question, String model) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", question.file().toString());
        json.put("kind", PictureWire.word(question.kind()));
        json.put("workspace", question.workspace().toString());
        json.put("title", question.title());
        Map<String, @Nullable Object> speech = SpeechWire.json(question.speech());
        speech.put("model", model);
        json.put("speech", speech);
        return Json.bytes(json);
    }

    static BookQuestion question(byte[] body) {
        return Fields.read(
                Json.parseObject(body, WHERE),
                WHERE,
                json ->
                        new BookQuestion(
                                Path.of(json.text("file")),
                                json.choice("kind", BookFile.class),
                                Path.of(json.text("workspace")),
                                json.text("title"),
                                SpeechWire.question(Json.bytes(json.tree("speech")))));
    }

    static byte[] step(int done, int total, long millis) {
        return ByteBuffer.allocate(STEP_BYTES)
                .put(STEP)
                .putInt(done)
                .putInt(total)
                .putLong(millis)
                .array();
    }

    static byte[] goesOn() {
        return ByteBuffer.allocate(STEP_BYTES).put(GOES_ON).array();
    }

    /** Tells steps, and keeps the refusal that comes in place of a sound. */
    static final class Reader {
        private final BookSteps steps;
        private final ByteBuffer record = ByteBuffer.allocate(STEP_BYTES);
        private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();

        Reader(BookSteps steps) {
            this.steps = steps;
        }

        void accept(ByteBuffer part) {
            while (part.hasRemaining()) {
                byte next = part.get();
                boolean isRefused = refusal.size() > 0;
                if (isRefused || (record.position() == 0 && next == SpeechWire.REFUSED)) {
                    if (refusal.size() < REFUSAL_BYTES_MAX) {
                        refusal.write(next);
                    }
                } else if (!record.put(next).hasRemaining()) {
                    tell(record.flip());
                    record.clear();
                }
            }
        }

        private void tell(ByteBuffer told) {
            if (told.get() == STEP) {
                steps.stepEnded(told.getInt(), told.getInt(), told.getLong());
            } else {
                steps.goesOn();
            }
        }

        /**
         * To be asked when the answer has ended.
         *
         * @throws AnswerException when it was a refusal
         */
        void requireMade() {
            if (refusal.size() > 0) {
                new SpeechWire.Reader(_ -> {}).accept(ByteBuffer.wrap(refusal.toByteArray()));
            }
        }
    }
}
