package dev.snug.speech.sound.coding;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The whole frames of an MP3 file and nothing else, as a stream for a decoder: it ends where tags
 * begin, which a decoder would take for a damaged frame or read into memory. The last frame of a
 * recording that was broken off is left out.
 */
final class Mp3Frames extends InputStream {
    /** How what follows the last frame begins: ID3, APE, Lyrics3, or nothing but filling. */
    private static final List<String> BEHIND = List.of("TAG", "ID3", "APE", "LYR", "\0");

    private final InputStream in;
    private @Nullable Mp3Frame first;
    private byte[] frame = new byte[0];
    private int at;
    private long count;

    Mp3Frames(InputStream in) {
        this.in = in;
    }

    /** Frames that were taken. */
    long count() {
        return count;
    }

    /**
     * Goes to the next frame; an empty array where there is none. The stream has it again.
     *
     * @throws CodingException when something else than a frame or the end follows
     */
    byte[] next() throws IOException {
        at = 0;
        frame = new byte[0];
        byte[] header = in.readNBytes(Mp3Frame.HEADER_BYTES);
        if (header.length < Mp3Frame.HEADER_BYTES) {
            return frame;
        }
        Mp3Frame next = Mp3Frame.of(ByteBuffer.wrap(header).getInt());
        if (next == null) {
            String name = new String(header, StandardCharsets.ISO_8859_1);
            if (count > 0 && BEHIND.stream().anyMatch(name::startsWith)) {
                return frame;
            }
            throw new CodingException("is damaged: no frame of MP3 begins where one should");
        }
        Mp3Frame begun = first == null ? next : first;
        first = begun;
        if (next.rate() != begun.rate() || next.channels() != begun.channels()) {
            throw new CodingException("changes its rate or channels within");
        }
        byte[] whole = Arrays.copyOf(header, next.bytes());
        int rest = next.bytes() - header.length;
        if (in.readNBytes(whole, header.length, rest) < rest) {
            return frame;
        }
        count++;
        frame = whole;
        return frame;
    }

    /** Leaves out the frame that {@link #next} gave. */
    void leaveOut() {
        at = frame.length;
        count--;
    }

    /** The first frame's header. */
    Mp3Frame first() throws CodingException {
        Mp3Frame begun = first;
        if (begun == null || frame.length == 0) {
            throw new CodingException("is cut short within its first frame");
        }
        return begun;
    }

    @Override
    public int read() throws IOException {
        return at == frame.length && next().length == 0 ? -1 : frame[at++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (at == frame.length && next().length == 0) {
            return -1;
        }
        int got = Math.min(length, frame.length - at);
        System.arraycopy(frame, at, bytes, from, got);
        at += got;
        return got;
    }
}
