package dev.snug.cli;

import dev.snug.speech.text.foreign.ForeignMode;
import dev.snug.speech.text.foreign.ForeignWords;
import dev.snug.speech.text.foreign.Lexicon;
import dev.snug.speech.text.foreign.Lexicons;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The options that say in whose words a text is read. */
class WordOptions {
    private static final String PROFILE = "default";

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "NAME",
            description = "Whose words: default, south, central, nemo; see `snug help normalize`.")
    private @Nullable String profile;

    @Option(
            names = "--foreign",
            paramLabel = "HOW",
            description = {
                "Foreign words: respell (phây búc), spell (letter by letter), keep. Default:"
                        + " respell; keep with the profile nemo."
            })
    private @Nullable ForeignMode foreign;

    @Option(
            names = "--lexicon",
            paramLabel = "FILE",
            description = "Your words, a line each: written = spoken. May be given several times.")
    private List<Path> lexicons = List.of();

    /** Whether any of them was given. */
    boolean isAsked() {
        return profile != null || foreign != null || !lexicons.isEmpty();
    }

    /** The profile that was named, or the default one. */
    final Profile profile() {
        return Profile.named(Objects.requireNonNullElse(profile, PROFILE));
    }

    /** What reads foreign words. */
    final ForeignWords foreignWords() throws IOException {
        List<Lexicon> own = new ArrayList<>();
        for (Path file : lexicons) {
            own.add(lexicon(file));
        }
        ForeignMode usual = profile().equals(Profile.NEMO) ? ForeignMode.KEEP : ForeignMode.RESPELL;
        return new ForeignWords(Objects.requireNonNullElse(foreign, usual), new Lexicons(own));
    }

    private static Lexicon lexicon(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageException(file + ": no such file, or not a regular one");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Lexicon.parse(in.readNBytes(Lexicon.BYTES_MAX + 1), file.toString());
        }
    }
}
