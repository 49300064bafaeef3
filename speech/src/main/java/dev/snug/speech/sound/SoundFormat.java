package dev.snug.speech.sound;

import dev.snug.speech.sound.coding.FlacCoder;
import dev.snug.speech.sound.coding.Mp3Coder;
import dev.snug.speech.sound.coding.OpusCoder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The sound files that are written. */
public enum SoundFormat {
    /** RIFF WAVE with 16 bits a sample, as it is in memory; no tags. */
    WAV("audio/wav", 0, 0, "wav"),
    /** Half as large, and the same samples. */
    FLAC("audio/flac", 0, 6 << 20, "flac"),
    /** What every player plays; lossy. */
    MP3("audio/mpeg", 64, 9 << 20, "mp3"),
    /** Opus in Ogg, the best for its size; lossy. */
    OPUS("audio/ogg; codecs=opus", 32, 13 << 20, "opus ogg oga");

    /** Kilobits a second that MPEG 2, layer III, has at 16,000 to 24,000 samples a second. */
    private static final List<Integer> MP3_KILOBITS =
            List.of(8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160);

    /** Below it Opus is no longer speech for a listener. */
    private static final int OPUS_KILOBITS_MIN = 6;

    /** Above it one channel sounds no better. */
    private static final int OPUS_KILOBITS_MAX = 256;

    /** What files are called whose formats are not written, and which comes nearest. */
    private static final List<Unwritten> UNWRITTEN =
            List.of(
                    new Unwritten("aac m4a m4b mp4 3gp", "AAC", OPUS),
                    new Unwritten("vorbis", "Vorbis", OPUS),
                    new Unwritten("wma asf", "WMA", MP3),
                    new Unwritten("amr", "AMR", OPUS),
                    new Unwritten("alac caf ape wv", "this lossless format", FLAC),
                    new Unwritten("aif aiff au w64", "this uncompressed format", WAV));

    private final String type;
    private final int kilobits;
    private final long memoryBytes;
    private final String endings;

    SoundFormat(String type, int kilobits, long memoryBytes, String endings) {
        this.type = type;
        this.kilobits = kilobits;
        this.memoryBytes = memoryBytes;
        this.endings = endings;
    }

    /**
     * A format without an encoder.
     *
     * @param words its endings and its name
     * @param nearest what to take in its place
     */
    private record Unwritten(String words, String name, SoundFormat nearest) {
        private boolean is(String word) {
            return has(words, word);
        }
    }

    /** The word for it, and how names of its files end. */
    public String word() {
        return endings.split(" ", -1)[0];
    }

    /** Its content type in HTTP. */
    public String type() {
        return type;
    }

    /** Kilobits a second of speech where nobody asks; none where a file takes what it takes. */
    public OptionalInt kilobits() {
        return kilobits == 0 ? OptionalInt.empty() : OptionalInt.of(kilobits);
    }

    /**
     * Bytes of memory that writing takes beside that of WAV, code included: 5.8, 8.1 and 12.2 MiB
     * resident were the most of five processes each.
     */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** Whether its files have a place for {@link SoundTags#chapters}. */
    public boolean marksChapters() {
        return this != WAV;
    }

    /** The format of the file called {@code name}, by its ending. */
    public static Optional<SoundFormat> ofName(String name) {
        String ending = ending(name);
        return Arrays.stream(values()).filter(each -> has(each.endings, ending)).findFirst();
    }

    /** The format that {@code word} names: wav, flac, mp3 or opus. */
    public static Optional<SoundFormat> ofWord(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** All words, for people. */
    public static String words() {
        return Arrays.stream(values()).map(SoundFormat::word).collect(Collectors.joining(", "));
    }

    /** Why files that are called {@code name}, or end so, are not written; none for other names. */
    public static Optional<String> refusal(String name) {
        String word = name.contains(".") ? ending(name) : name.toLowerCase(Locale.ROOT);
        return UNWRITTEN.stream()
                .filter(each -> each.is(word))
                .findFirst()
                .map(
                        each ->
                                "%s is not written: there is no free encoder of it that fits here. The nearest is %s"
                                        .formatted(each.name, each.nearest.word()));
    }

    private static boolean has(String words, String word) {
        return List.of(words.split(" ", -1)).contains(word);
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Checks that this format has {@code asked} kilobits a second.
     *
     * @throws IllegalArgumentException when it has not; says which it has
     */
    public void requireKilobits(int asked) {
        switch (this) {
            case WAV, FLAC ->
                    throw new IllegalArgumentException(
                            "a bit rate is for mp3 and opus; %s keeps every sample"
                                    .formatted(word()));
            case MP3 -> {
                if (!MP3_KILOBITS.contains(asked)) {
                    throw new IllegalArgumentException(
                            "mp3 has no %d kbit/s at 24 kHz, but %s"
                                    .formatted(asked, listed(MP3_KILOBITS)));
                }
            }
            case OPUS -> {
                if (asked < OPUS_KILOBITS_MIN || asked > OPUS_KILOBITS_MAX) {
                    throw new IllegalArgumentException(
                            "opus takes %d to %d kbit/s, not %d"
                                    .formatted(OPUS_KILOBITS_MIN, OPUS_KILOBITS_MAX, asked));
                }
            }
        }
    }

    private static String listed(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /**
     * Begins a file at the usual bit rate.
     *
     * @param rate samples a second
     */
    public SoundEncoder encoder(OutputStream out, int rate, SoundTags tags) throws IOException {
        return encoder(out, rate, tags, OptionalInt.empty());
    }

    /**
     * Begins a file.
     *
     * @param rate samples a second
     * @param asked kilobits a second, where somebody says so
     * @throws IllegalArgumentException when the format does not have them
     */
    public SoundEncoder encoder(OutputStream out, int rate, SoundTags tags, OptionalInt asked)
            throws IOException {
        asked.ifPresent(this::requireKilobits);
        int chosen = asked.orElse(kilobits);
        return switch (this) {
            case WAV -> new WavWriter(out, rate, OptionalLong.empty());
            case FLAC ->
                    new CodedEncoder(new FlacCoder(out, rate, VorbisComments.of(tags, rate)), null);
            case MP3 ->
                    new CodedEncoder(
                            new Mp3Coder(out, rate, chosen, Id3Tag.of(tags, rate)),
                            new TruePeakLimiter(rate));
            case OPUS ->
                    new CodedEncoder(
                            new OpusCoder(out, rate, chosen, VorbisComments.of(tags, rate)),
                            new TruePeakLimiter(rate));
        };
    }
}
