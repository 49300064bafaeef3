package dev.snug.cli;

import dev.snug.speech.Compat;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.aloud.SpokenText;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Objects;

/** The options that say how written text is read aloud. */
final class ReadingOptions extends WordOptions {
    /** Who turns writing into words. */
    enum Read {
        AUTO,
        VI,
        PLAIN
    }

    @Option(
            names = "--read",
            paramLabel = "HOW",
            description = {
                "vi: numbers, dates, units, abbreviations as Vietnamese says them. plain: as it is"
                        + " written. auto: vi where the model or the voice is Vietnamese; default."
            })
    private @Nullable Read read;

    @Option(
            names = "--markup",
            paramLabel = "on|off",
            description = {
                "Obey [pause 500ms], <break>, <sub>, <say-as>, <prosody rate>; off takes them for"
                        + " text. Default: on; off for EPUB."
            })
    private EngineOptions.@Nullable Switch markup;

    @Override
    boolean isAsked() {
        return super.isAsked() || markup != null;
    }

    /**
     * What reads the text; null where it goes to the model as it is written.
     *
     * @param said what is heard in the voice's recording
     * @param mayBeMarked whether brackets and tags in the text are the writer's marks where nobody
     *     says so
     * @throws UsageException when an option is given that has no effect there
     */
    @Nullable SpokenText reader(Compat compat, Family family, Passage said, boolean mayBeMarked)
            throws IOException {
        Read how = Objects.requireNonNullElse(read, Read.AUTO);
        if (compat != Compat.NONE) {
            if (isAsked() || how == Read.VI) {
                throw new UsageException(
                        "--compat has text rules of its own; leave out --read, --profile,"
                                + " --foreign, --lexicon and --markup");
            }
            return null;
        }
        if (how == Read.PLAIN && isAsked()) {
            throw new UsageException(
                    "--read plain reads nothing; leave out --profile, --foreign, --lexicon and"
                            + " --markup");
        }
        boolean isVietnamese = family != Family.F5 || said.isVietnamese();
        if (how == Read.PLAIN || (how == Read.AUTO && !isVietnamese && !isAsked())) {
            return null;
        }
        boolean isMarked = markup == null ? mayBeMarked : markup == EngineOptions.Switch.ON;
        return new SpokenText(profile(), foreignWords(), isMarked);
    }
}
