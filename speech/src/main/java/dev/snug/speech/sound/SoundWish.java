package dev.snug.speech.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;

/**
 * A sound file that somebody wants.
 *
 * @param kilobits a second, where somebody says so
 */
public record SoundWish(SoundFormat format, OptionalInt kilobits, SoundTags tags) {
    /** Samples as they are, and nothing said of them. */
    public static final SoundWish WAV =
            new SoundWish(SoundFormat.WAV, OptionalInt.empty(), SoundTags.NONE);

    public SoundWish {
        kilobits.ifPresent(format::requireKilobits);
    }

    /** Begins the file. */
    public SoundEncoder encoder(OutputStream out, int rate) throws IOException {
        return format.encoder(out, rate, tags, kilobits);
    }
}
