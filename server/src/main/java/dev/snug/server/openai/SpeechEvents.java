package dev.snug.server.openai;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Sound as server-sent events: {@code speech.audio.delta} for each piece, {@code speech.audio.done}
 * behind the last, as OpenAI's API has them for {@code stream_format: sse}.
 *
 * <p>Each delta is base64 by itself, and their bytes one after the other are the file. Usage counts
 * characters of the text, which are what the models take; they make frames and no tokens, so that
 * the tokens of the output are 0.
 */
final class SpeechEvents extends OutputStream {
    /** What an event holds at the most; base64 makes 32 KiB of it. */
    static final int PIECE_BYTES = 24 << 10;

    private static final byte[] DELTA =
            ascii("data: {\"type\":\"speech.audio.delta\",\"audio\":\"");
    private static final byte[] END = ascii("\"}\n\n");

    private final OutputStream out;

    SpeechEvents(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte});
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        for (int at = from; at < from + count; at += PIECE_BYTES) {
            byte[] piece = new byte[Math.min(PIECE_BYTES, from + count - at)];
            System.arraycopy(bytes, at, piece, 0, piece.length);
            out.write(DELTA);
            out.write(Base64.getEncoder().encode(piece));
            out.write(END);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Says that all of it was sent. */
    void done(int characters) throws IOException {
        out.write(
                ascii(
                        "data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":%1$d,\"output_tokens\":0,\"total_tokens\":%1$d}}\n\n"
                                .formatted(characters)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
