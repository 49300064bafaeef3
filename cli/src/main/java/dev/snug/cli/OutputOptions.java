package dev.snug.cli;

import dev.snug.speech.StageFiles;
import dev.snug.speech.StageObserver;
import dev.snug.speech.book.BookFiles;
import dev.snug.speech.sound.SoundFormat;
import dev.snug.speech.sound.SoundTags;
import dev.snug.speech.sound.SoundWish;
import dev.snug.speech.text.Reference;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The options that say where sound and figures go. */
final class OutputOptions {
    private static final String FILE = "speech.wav";
    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = {
                "The sound file; its ending says what it is: .wav .flac .mp3 .opus .ogg. - for"
                        + " standard output, as it comes. Default: speech.wav, here."
            })
    private @Nullable String file;

    @Option(
            names = "--format",
            paramLabel = "WORD",
            description = {
                "wav, flac, mp3 or opus, whatever the file is called. Default for standard output:"
                        + " wav."
            })
    private @Nullable String format;

    @Option(
            names = "--bitrate",
            paramLabel = "KBIT",
            description =
                    "Kilobits a second. Default: 64 for mp3 (8 to 160), 32 for opus (6 to 256).")
    private @Nullable Integer kilobits;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "The title that flac, mp3 and opus say. Default: how the text begins.")
    private @Nullable String title;

    @Option(names = "--album", paramLabel = "TEXT", description = "The album that they say.")
    private @Nullable String album;

    @Option(
            names = "--raw",
            description = "Samples without a header (int16, 24 kHz, mono) to standard output.")
    private boolean isRaw;

    @Option(
            names = "--play",
            description = {
                "Play it as it comes, by the first of pw-play, paplay, aplay, ffplay and play (SoX)"
                        + " that is installed."
            })
    private boolean isPlayed;

    @Option(
            names = "--player",
            paramLabel = "COMMAND",
            description = "Play it by this command, which gets a WAV stream on standard input.")
    private @Nullable String player;

    @Option(
            names = "--dump",
            paramLabel = "FOLDER",
            description = "Also write what each stage made, as .npy files and script.json.")
    private @Nullable Path dump;

    @Option(
            names = "--dry-run",
            description = "Only show the chunks, their lengths and the steps; compute nothing.")
    private boolean isDryRun;

    @Option(names = "--json", description = "Figures as one JSON object on standard output.")
    private boolean isJson;

    /** Checks that the options do not contradict each other. */
    void check() {
        boolean isStreamed = isRaw || STANDARD_OUTPUT.equals(file);
        if (isRaw && file != null && !STANDARD_OUTPUT.equals(file)) {
            throw new UsageException(
                    "--raw writes to standard output, -o to a file; leave one of them out");
        }
        if (isStreamed && isJson && !isDryRun) {
            throw new UsageException(
                    "--json and the sound both go to standard output; give -o FILE or leave out"
                            + " --json");
        }
        if (isPlayed() && (isRaw || file != null || format != null)) {
            throw new UsageException(
                    "--play plays what -o, --format and --raw would write; leave one of them out");
        }
        if (file != null && Files.isDirectory(Path.of(file))) {
            throw new UsageException("-o " + file + " is a folder; name a file in it");
        }
        if (isRaw && (format != null || kilobits != null)) {
            throw new UsageException(
                    "--raw is samples without any format; leave out --format and --bitrate");
        }
        checkKilobits();
        if (dump != null && Files.exists(dump) && !Files.isDirectory(dump)) {
            throw new UsageException("--dump " + dump + " is a file; name a folder");
        }
    }

    private void checkKilobits() {
        SoundFormat chosen = format();
        if (kilobits != null) {
            try {
                chosen.requireKilobits(kilobits);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--bitrate: " + e.getMessage());
            }
        }
    }

    /**
     * The format that is asked for by its word or by the file's ending.
     *
     * @throws UsageException when there is no such format, or the two contradict each other
     */
    SoundFormat format() {
        String name = file == null || STANDARD_OUTPUT.equals(file) ? FILE : file;
        Optional<SoundFormat> byName = SoundFormat.ofName(name);
        String word = format;
        if (word == null) {
            if (byName.isEmpty()) {
                SoundFormat.refusal(name)
                        .ifPresent(
                                why -> {
                                    throw new UsageException("-o " + name + ": " + why);
                                });
            }
            return byName.orElse(SoundFormat.WAV);
        }
        SoundFormat asked =
                SoundFormat.ofWord(word)
                        .orElseThrow(
                                () ->
                                        new UsageException(
                                                "--format %s: %s".formatted(word, unknown(word))));
        if (file != null && name.equals(file) && byName.isPresent() && byName.get() != asked) {
            throw new UsageException(
                    "--format %s contradicts the ending of -o %s; leave one of them out"
                            .formatted(word, file));
        }
        return asked;
    }

    private static String unknown(String word) {
        return SoundFormat.refusal(word).orElse("no such format; there are " + SoundFormat.words());
    }

    private boolean isPlayed() {
        return isPlayed || player != null;
    }

    /** Whether what each stage makes is written too. */
    boolean isDumping() {
        return dump != null;
    }

    /** The file that is written; empty where sound is streamed, played, or goes to a device. */
    Optional<Path> target() {
        if (isRaw || isPlayed() || STANDARD_OUTPUT.equals(file)) {
            return Optional.empty();
        }
        Path target = Path.of(file == null ? defaultFile() : file);
        return Files.exists(target) && !Files.isRegularFile(target)
                ? Optional.empty()
                : Optional.of(target);
    }

    /** Begins files in the format that is asked for; a title and album of one's own win. */
    BookFiles.Encoding encoding() {
        return (out, tags) -> wish(tags).encoder(out, Reference.SAMPLE_RATE);
    }

    private SoundWish wish(SoundTags known) {
        SoundTags tags =
                new SoundTags(
                        title == null ? known.title() : title,
                        known.artist(),
                        album == null ? known.album() : album,
                        known.track(),
                        known.chapters());
        OptionalInt asked = kilobits == null ? OptionalInt.empty() : OptionalInt.of(kilobits);
        return new SoundWish(format(), asked, tags);
    }

    boolean isDryRun() {
        return isDryRun;
    }

    boolean isJson() {
        return isJson;
    }

    /**
     * Where the sound goes.
     *
     * @param path the PATH of the process, for players
     * @param text that is spoken
     * @param voice that speaks
     */
    SoundOutput sound(PrintStream out, @Nullable String path, String text, String voice) {
        if (isPlayed()) {
            return new PlayedSound(player == null ? Player.installed(path) : Player.of(player));
        }
        if (isRaw) {
            return SoundOutput.raw(out);
        }
        SoundWish wish = wish(SoundTags.spoken(text, voice));
        return STANDARD_OUTPUT.equals(file)
                ? SoundOutput.stream(out, wish)
                : SoundOutput.file(Path.of(file == null ? defaultFile() : file), wish);
    }

    private String defaultFile() {
        return "speech." + format().word();
    }

    /** What looks at the stages. */
    StageObserver stages() {
        return dump == null ? StageObserver.NONE : new StageFiles(dump);
    }
}
