package dev.snug.speech.sound;

import dev.snug.speech.sound.coding.CodingException;
import dev.snug.speech.sound.coding.FlacReader;
import dev.snug.speech.sound.coding.Mp3Reader;
import dev.snug.speech.sound.coding.OpusReader;
import dev.snug.speech.sound.coding.SampleStream;
import dev.snug.speech.sound.coding.VorbisReader;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a recording as one channel, the mean of all: WAV, FLAC, MP3, Vorbis and Opus in Ogg, told
 * apart by what is in them. What is longer than the limit is refused when that much of it was
 * decoded, or before where the file says so: 4 bytes a sample, and what a decoder holds.
 */
public final class SoundReader {
    /** Tags before the sound; a file has one. */
    private static final int TAGS_MAX = 10;

    private static final int TAG_BYTES = 10;

    /** Bytes of a compressed recording; a minute of two channels at 192 kHz takes a quarter. */
    private static final long FILE_BYTES_MAX = 256L << 20;

    /** Samples of any recording, whatever the limit in seconds: 1 GiB. */
    static final long SAMPLES_MAX = 1L << 28;

    private final BufferedInputStream in;
    private final String where;
    private final SampleLimits limits;

    private SoundReader(InputStream in, String where, SampleLimits limits) {
        this.in = new BufferedInputStream(in);
        this.where = where;
        this.limits = limits;
    }

    /**
     * The recording in {@code file}.
     *
     * @throws SoundException when it is none that is read, damaged, or longer than {@code
     *     secondsMax}
     */
    public static Recording read(Path file, double secondsMax) throws IOException {
        return read(file, secondsMax, SAMPLES_MAX);
    }

    /**
     * The same for a process that has room for {@code samplesMax} samples.
     *
     * @throws SoundException also when it has more of them
     */
    public static Recording read(Path file, double secondsMax, long samplesMax) throws IOException {
        SampleLimits limits = new SampleLimits(secondsMax, Math.min(samplesMax, SAMPLES_MAX));
        try (InputStream in = Files.newInputStream(file)) {
            return new SoundReader(in, file.getFileName().toString(), limits).recording();
        }
    }

    /**
     * The recording that {@code in} holds, which is left open.
     *
     * @param where what is read, for messages: a file name
     * @throws SoundException when it is none that is read, damaged, or longer than {@code
     *     secondsMax}
     */
    public static Recording read(InputStream in, String where, double secondsMax)
            throws IOException {
        return new SoundReader(in, where, new SampleLimits(secondsMax, SAMPLES_MAX)).recording();
    }

    private Recording recording() throws IOException {
        skipTags();
        byte[] start = start(SoundKind.BYTES);
        if (start.length == 0) {
            throw wrong("is empty");
        }
        Optional<SoundKind> kind = SoundKind.of(start);
        if (kind.isEmpty()) {
            throw wrong(
                    "is %s; WAV, FLAC, MP3, Ogg Vorbis and Opus are read. Convert it, for example: ffmpeg -i IN voice.wav"
                            .formatted(SoundKind.named(start)));
        }
        if (kind.get() == SoundKind.WAV) {
            return WavReader.read(in, where, limits);
        }
        try {
            return decoded(stream(kind.get()));
        } catch (CodingException e) {
            throw new SoundException(where + " " + e.getMessage(), e);
        } catch (EOFException e) {
            throw new SoundException(where + " is cut short", e);
        }
    }

    /** ID3v2, which may stand before every kind. */
    private void skipTags() throws IOException {
        for (int i = 0; i < TAGS_MAX; i++) {
            byte[] start = start(TAG_BYTES);
            if (start.length < TAG_BYTES || start[0] != 'I' || start[1] != 'D' || start[2] != '3') {
                return;
            }
            boolean hasFooter = (start[5] & 0x10) != 0;
            long length = hasFooter ? 2L * TAG_BYTES : TAG_BYTES;
            for (int at = 6; at < TAG_BYTES; at++) {
                length += (start[at] & 0x7fL) << (7 * (9 - at));
            }
            try {
                in.skipNBytes(length);
            } catch (EOFException e) {
                throw new SoundException(where + " is cut short inside its tags", e);
            }
        }
    }

    private byte[] start(int length) throws IOException {
        in.mark(length);
        byte[] start = in.readNBytes(length);
        in.reset();
        return start;
    }

    private SampleStream stream(SoundKind kind) throws IOException {
        BufferedInputStream bounded = new BufferedInputStream(new BoundedInput(in, FILE_BYTES_MAX));
        return switch (kind) {
            case FLAC -> {
                bounded.skipNBytes(4);
                yield new FlacReader(bounded);
            }
            case MP3 -> new Mp3Reader(bounded);
            case OGG_VORBIS -> new VorbisReader(bounded);
            case OGG_OPUS -> new OpusReader(bounded);
            case WAV -> throw new IllegalArgumentException("WAV is not compressed");
        };
    }

    private Recording decoded(SampleStream stream) throws IOException {
        int rate = stream.rate();
        if (rate < Recording.RATE_MIN || rate > Recording.RATE_MAX) {
            throw wrong(
                    "has %d samples a second; %d to %d are read"
                            .formatted(rate, Recording.RATE_MIN, Recording.RATE_MAX));
        }
        long most = limits.at(rate);
        float[] samples = new float[(int) Math.min(most, rate)];
        int count = 0;
        for (float[] next = stream.next(); next.length > 0; next = stream.next()) {
            if (count + next.length > most) {
                throw wrong(limits.exceeded(count + next.length, rate));
            }
            if (count + next.length > samples.length) {
                // Doubled within the limit, so that copying takes a constant time a sample.
                long longer = Math.min(most, 2L * (count + next.length));
                samples = Arrays.copyOf(samples, (int) longer);
            }
            System.arraycopy(next, 0, samples, count, next.length);
            count += next.length;
        }
        if (count == 0) {
            throw wrong("has no samples");
        }
        return new Recording(Arrays.copyOf(samples, count), rate);
    }

    private SoundException wrong(String what) {
        return new SoundException(where + " " + what);
    }

    /** The first bytes of a stream; what is longer is not sound of any length that is read. */
    private static final class BoundedInput extends InputStream {
        private final InputStream in;
        private long left;

        BoundedInput(InputStream in, long most) {
            this.in = in;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            require();
            left--;
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            require();
            int got = in.read(bytes, from, (int) Math.min(count, left));
            left -= Math.max(0, got);
            return got;
        }

        private void require() throws IOException {
            if (left == 0) {
                throw new EOFException("more than " + FILE_BYTES_MAX + " bytes");
            }
        }
    }
}
