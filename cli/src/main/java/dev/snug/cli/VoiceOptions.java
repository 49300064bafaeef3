package dev.snug.cli;

import dev.snug.speech.VoiceSample;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.text.Passage;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.VoiceBook;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The options that say whose voice speaks. */
final class VoiceOptions extends TraitOptions {
    @Option(
            names = "--voice",
            paramLabel = "NAME",
            description = {
                "The voice (see `snug voices`). Default: among those that the words below describe,"
                        + " or all, one that the seed picks."
            })
    private @Nullable String name;

    @Option(
            names = "--reference-audio",
            paramLabel = "FILE",
            description = {
                "Speak in the voice of this recording, 1 to 30 s: WAV, FLAC, MP3, Ogg Vorbis or"
                        + " Opus, any rate and channels."
            })
    private @Nullable Path recording;

    @Option(
            names = "--reference-text",
            paramLabel = "TEXT",
            description = "What is said in that file, word for word.")
    private @Nullable String text;

    /**
     * Checks what was said, before a model is opened, and reads the recording that was brought.
     *
     * @throws UsageException when two options contradict each other
     */
    Optional<VoiceSample> brought() throws IOException {
        if ((recording == null) != (text == null)) {
            throw new UsageException(
                    "--reference-audio and --reference-text belong together; "
                            + (recording == null ? "the first" : "the second")
                            + " is missing");
        }
        boolean isDescribed = !traits().equals(Traits.NONE);
        if (name != null && isDescribed) {
            throw new UsageException(
                    "--voice names one voice; leave out --gender, --group, --area and --emotion");
        }
        if (recording == null || text == null) {
            return Optional.empty();
        }
        if (name != null || isDescribed) {
            throw new UsageException(
                    "--reference-audio brings a voice; leave out --voice, --gender, --group, --area"
                            + " and --emotion");
        }
        Passage said = Passage.composed(text);
        return Optional.of(
                new VoiceSample(recording.toString(), ReferenceAudio.read(recording), said));
    }

    /** The voice of {@code book} that was named, or that {@code seed} picks. */
    VoiceSample chosen(VoiceBook book, long seed) throws IOException {
        ListedVoice voice = name == null ? book.chosen(traits(), seed) : book.find(name);
        return new VoiceSample(
                voice.name(),
                ReferenceAudio.of(voice),
                Passage.composed(voice.voice().text().text()));
    }
}
