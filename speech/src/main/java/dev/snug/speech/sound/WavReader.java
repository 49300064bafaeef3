package dev.snug.speech.sound;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a WAV file as one channel, the mean of all: PCM of 8, 16, 24 and 32 bits, floats of 32 and
 * 64, A-law and µ-law, plain or EXTENSIBLE, any rate; RF64 and BW64 too. Chunks other than "fmt ",
 * "ds64" and "data" are skipped. The length is held against the limit before memory is taken: 4
 * bytes a frame and 64 KiB.
 *
 * <p>Sources: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0"
 * (1991), and the WAVEFORMATEXTENSIBLE structure; EBU Tech 3306 (2009) and ITU-R BS.2088 for the
 * chunk "ds64".
 */
public final class WavReader {
    /** Channels; more than any layout of loudspeakers has names for. */
    static final int CHANNELS_MAX = 64;

    /** Chunks before the samples; an editor writes about ten. */
    private static final int CHUNKS_MAX = 1_000;

    /** Bytes of a "fmt " chunk; EXTENSIBLE has 40. */
    private static final int FORMAT_BYTES_MAX = 1_024;

    /** Lengths from here on are written by programs that cannot go back to put the right one. */
    private static final long UNKNOWN_LENGTH = 0x7fff_f000L;

    /** The length of a chunk whose own is in "ds64", where there is such a chunk. */
    private static final long ELSEWHERE = 0xffff_ffffL;

    /** Lengths of the whole and of its samples, at least. */
    private static final int LONG_LENGTHS_BYTES = 16;

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int EXTENSIBLE = 0xfffe;

    private final InputStream in;
    private final String where;
    private final SampleLimits limits;

    private WavReader(InputStream in, String where, SampleLimits limits) {
        this.in = in;
        this.where = where;
        this.limits = limits;
    }

    /**
     * The recording in {@code file}.
     *
     * @throws SoundException when it is not such a file, damaged, or longer than {@code secondsMax}
     */
    public static Recording read(Path file, double secondsMax) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, file.getFileName().toString(), secondsMax);
        }
    }

    /**
     * The recording that {@code in} holds, which is left open.
     *
     * @param where what is read, for messages: a file name
     * @throws SoundException when it is not a WAV file, damaged, or longer than {@code secondsMax}
     */
    public static Recording read(InputStream in, String where, double secondsMax)
            throws IOException {
        return read(in, where, new SampleLimits(secondsMax, SoundReader.SAMPLES_MAX));
    }

    static Recording read(InputStream in, String where, SampleLimits limits) throws IOException {
        return new WavReader(in, where, limits).recording();
    }

    private Recording recording() throws IOException {
        requireWav(in.readNBytes(12));
        Format format = null;
        long longLength = 0;
        for (int i = 0; i < CHUNKS_MAX; i++) {
            ByteBuffer header = exactly(8, "the header of a chunk");
            String name = StandardCharsets.ISO_8859_1.decode(header.slice(0, 4)).toString();
            long length = header.getInt(4) & 0xffff_ffffL;
            if (name.equals("data")) {
                if (format == null) {
                    throw wrong("has its samples before their format");
                }
                return samples(format, length == ELSEWHERE ? longLength : length);
            }
            if (name.equals("ds64") && length >= LONG_LENGTHS_BYTES) {
                longLength = exactly(LONG_LENGTHS_BYTES, "its lengths").getLong(8);
                skip(name, length - LONG_LENGTHS_BYTES + (length & 1));
                continue;
            }
            if (name.equals("fmt ")) {
                format = format(length);
                in.skipNBytes(length & 1);
            } else {
                skip(name, length + (length & 1));
            }
        }
        throw wrong("has more than " + CHUNKS_MAX + " chunks before its samples");
    }

    private void requireWav(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (start.length == 0) {
            throw wrong("is empty");
        }
        boolean isRiff =
                text.startsWith("RIFF") || text.startsWith("RF64") || text.startsWith("BW64");
        if (!isRiff || !text.endsWith("WAVE") || start.length < 12) {
            throw wrong("is not a WAV file; convert it, for example: ffmpeg -i IN voice.wav");
        }
    }

    private Format format(long length) throws IOException {
        if (length < 16 || length > FORMAT_BYTES_MAX) {
            throw wrong("has a format of " + length + " bytes; 16 to 1024 are allowed");
        }
        ByteBuffer bytes = exactly((int) length, "its format");
        int kind = bytes.getShort(0) & 0xffff;
        int bits = bytes.getShort(14) & 0xffff;
        if (kind == EXTENSIBLE) {
            if (length < 40) {
                throw wrong("has an EXTENSIBLE format of " + length + " bytes; it takes 40");
            }
            // The sub-format's first two bytes are a plain format's number.
            kind = bytes.getShort(24) & 0xffff;
        }
        int channels = bytes.getShort(2) & 0xffff;
        if (channels < 1 || channels > CHANNELS_MAX) {
            throw wrong("has " + channels + " channels; 1 to " + CHANNELS_MAX + " are read");
        }
        long rate = bytes.getInt(4) & 0xffff_ffffL;
        if (rate < Recording.RATE_MIN || rate > Recording.RATE_MAX) {
            throw wrong(
                    "has %d samples a second; %d to %d are read"
                            .formatted(rate, Recording.RATE_MIN, Recording.RATE_MAX));
        }
        SampleFormat sample = sampleFormat(kind, bits);
        int frameBytes = bytes.getShort(12) & 0xffff;
        if (frameBytes != channels * sample.bytes()) {
            throw wrong(
                    "says %d bytes a frame, but %d channels of %d bits take %d"
                            .formatted(frameBytes, channels, bits, channels * sample.bytes()));
        }
        return new Format(sample, channels, (int) rate);
    }

    private SampleFormat sampleFormat(int kind, int bits) {
        for (SampleFormat format : SampleFormat.values()) {
            if (format.kind() == kind && 8 * format.bytes() == bits) {
                return format;
            }
        }
        throw wrong(
                ("has samples of kind %d with %d bits; PCM of 8, 16, 24, 32 and floats of 32, 64"
                     + " bits, A-law and µ-law are read. Convert it, for example: ffmpeg -i IN"
                     + " voice.wav")
                        .formatted(kind, bits));
    }

    private Recording samples(Format format, long length) throws IOException {
        int frameBytes = format.channels() * format.sample().bytes();
        long framesMax = limits.at(format.rate());
        // A stream that ended early has the length that it began with: none.
        boolean isOpen = length <= 0 || (length >= UNKNOWN_LENGTH && length <= ELSEWHERE);
        long frames = isOpen ? 0 : length / frameBytes;
        if (frames > framesMax) {
            throw wrong(limits.exceeded(frames, format.rate()));
        }
        float[] samples = new float[isOpen ? format.rate() : (int) frames];
        int read = 0;
        ByteBuffer block =
                ByteBuffer.allocate(BLOCK_BYTES / frameBytes * frameBytes)
                        .order(ByteOrder.LITTLE_ENDIAN);
        while (isOpen || read < frames) {
            long left = isOpen ? Long.MAX_VALUE : (frames - read) * frameBytes;
            int got = in.readNBytes(block.array(), 0, (int) Math.min(block.capacity(), left));
            int here = got / frameBytes;
            if (here == 0) {
                break;
            }
            if (read + here > framesMax) {
                throw wrong(limits.exceeded(read + here, format.rate()));
            }
            if (read + here > samples.length) {
                // Doubled within the limit, so that copying takes a constant time a frame.
                long longer = Math.min(framesMax, 2L * (read + here));
                samples = Arrays.copyOf(samples, (int) longer);
            }
            mix(format, block, here, samples, read);
            read += here;
        }
        if (read < frames) {
            throw wrong("is cut short: it promises %d samples and has %d".formatted(frames, read));
        }
        if (read == 0) {
            throw wrong("has no samples");
        }
        float[] whole = read == samples.length ? samples : Arrays.copyOf(samples, read);
        return new Recording(whole, format.rate());
    }

    private void mix(Format format, ByteBuffer block, int frames, float[] samples, int from) {
        int bytes = format.sample().bytes();
        for (int frame = 0; frame < frames; frame++) {
            double sum = 0;
            for (int channel = 0; channel < format.channels(); channel++) {
                int at = (frame * format.channels() + channel) * bytes;
                sum += format.sample().sample(block, at);
            }
            float mean = (float) (sum / format.channels());
            if (!Float.isFinite(mean)) {
                throw wrong("has no finite number at sample " + (from + frame));
            }
            samples[from + frame] = mean;
        }
    }

    private void skip(String name, long length) throws IOException {
        try {
            in.skipNBytes(length);
        } catch (EOFException e) {
            throw wrong("is cut short inside its chunk '" + printable(name) + "'");
        }
    }

    private ByteBuffer exactly(int length, String what) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw wrong("is cut short before its samples, in " + what);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }

    private SoundException wrong(String what) {
        return new SoundException(where + " " + what);
    }

    private record Format(SampleFormat sample, int channels, int rate) {}
}
