package dev.snug.cli;

import dev.snug.speech.Compat;
import dev.snug.speech.Rules;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Reference;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.OptionalDouble;

/** The options that say how fast, in which pieces and by whose rules a text is spoken. */
final class PaceOptions {
    @Option(
            names = "--speed",
            paramLabel = "X",
            description = "Times the speed of the voice's recording, 0.1 to 10. Default: 1.")
    private @Nullable Double speed;

    @Option(
            names = "--chunk-seconds",
            paramLabel = "S",
            description = {
                "Most seconds spoken at once, recording included, 1 to 43; memory grows with it."
                        + " Default: the model's own, or less where memory is short."
            })
    private @Nullable Double chunkSeconds;

    @Option(
            names = "--first-chunk",
            paramLabel = "S",
            description = {
                "Most seconds of the first chunk, 0.5 to 43, so that the first sound comes early."
                        + " Default: as long as the others."
            })
    private @Nullable Double firstSeconds;

    @Option(
            names = "--min-seconds",
            paramLabel = "S",
            description = "Fewest seconds of a chunk. Default: 1; 0 with F5-TTS.")
    private @Nullable Double minSeconds;

    @Option(
            names = "--cross-fade",
            paramLabel = "S",
            description = "Overlap of two chunks, 0 to 5 s. Default: 0.1; 0.15 with --compat f5.")
    private @Nullable Double crossFadeSeconds;

    @Option(
            names = "--fix-duration",
            paramLabel = "S",
            description = "Seconds of each chunk, recording included, in place of the rule.")
    private @Nullable Double fixSeconds;

    @Option(
            names = "--compat",
            paramLabel = "SYSTEM",
            description = {
                "Follow the rules of f5 (F5-TTS) or vietvoice (VietVoice-TTS) for text, levels,"
                        + " durations, steps and joins, so that their own sound comes out."
            })
    private Compat compat = Compat.NONE;

    Compat compat() {
        return compat;
    }

    /** Checks ranges, which are the same under all rules. */
    void check() {
        Rules any = Rules.of(compat, SpeechSettings.Family.F5);
        over(any.pace());
        crossFadeSamples(any);
        // Written so that NaN fails too.
        if (firstSeconds != null
                && !(firstSeconds >= SpeechRequest.FIRST_CHUNK_SECONDS_MIN
                        && firstSeconds <= Pace.SECONDS_MAX)) {
            throw new UsageException(
                    "--first-chunk %s is out of range %s to %s s"
                            .formatted(
                                    firstSeconds,
                                    SpeechRequest.FIRST_CHUNK_SECONDS_MIN,
                                    Pace.SECONDS_MAX));
        }
        if (firstSeconds != null && compat != Compat.NONE) {
            throw new UsageException(
                    "--compat cuts a text by rules of its own; leave out --first-chunk");
        }
    }

    /** What was said of the first chunk. */
    OptionalDouble firstSeconds() {
        return firstSeconds == null ? OptionalDouble.empty() : OptionalDouble.of(firstSeconds);
    }

    /** The pace of {@code rules}, changed where something was said. */
    Pace over(Pace rules) {
        return new Pace(
                speed == null ? rules.speed() : speed,
                chunkSeconds == null ? rules.chunkSeconds() : chunkSeconds,
                minSeconds == null ? rules.minSeconds() : minSeconds,
                fixSeconds == null ? rules.fixedSeconds() : OptionalDouble.of(fixSeconds));
    }

    /** What was said of the length of chunks. */
    OptionalDouble chunkSeconds() {
        return chunkSeconds == null ? OptionalDouble.empty() : OptionalDouble.of(chunkSeconds);
    }

    /** Overlap of two chunks. */
    int crossFadeSamples(Rules rules) {
        if (crossFadeSeconds == null) {
            return rules.crossFadeSamples();
        }
        int most = SpeechRequest.CROSS_FADE_SAMPLES_MAX / Reference.SAMPLE_RATE;
        // Written so that NaN fails too.
        if (!(crossFadeSeconds >= 0 && crossFadeSeconds <= most)) {
            throw new UsageException(
                    "--cross-fade %s is out of range 0 to %d s".formatted(crossFadeSeconds, most));
        }
        return (int) (crossFadeSeconds * Reference.SAMPLE_RATE);
    }
}
