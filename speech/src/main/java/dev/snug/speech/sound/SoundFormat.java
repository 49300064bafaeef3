package dev.snug.speech.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The sound files that are written. */
public enum SoundFormat {
    /** RIFF WAVE with 16 bits a sample, as it is in memory; no tags. */
    WAV("wav");

    private final String ending;

    SoundFormat(String ending) {
        this.ending = ending;
    }

    /** The word for it, and how names of its files end. */
    public String word() {
        return ending;
    }

    /** Whether its files have a place for {@link SoundTags#chapters}. */
    public boolean marksChapters() {
        return this != WAV;
    }

    /** The format of the file called {@code name}, by its ending. */
    public static Optional<SoundFormat> ofName(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        for (SoundFormat format : values()) {
            if (small.endsWith("." + format.ending)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Begins a file.
     *
     * @param rate samples a second
     */
    public SoundEncoder encoder(OutputStream out, int rate, SoundTags tags) throws IOException {
        return switch (this) {
            case WAV -> new WavWriter(out, rate, OptionalLong.empty());
        };
    }
}
