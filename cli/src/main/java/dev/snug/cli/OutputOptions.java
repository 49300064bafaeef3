package dev.snug.cli;

import dev.snug.speech.StageFiles;
import dev.snug.speech.StageObserver;
import dev.snug.speech.book.BookFiles;
import dev.snug.speech.sound.SoundFormat;
import dev.snug.speech.text.Reference;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The options that say where sound and figures go. */
final class OutputOptions {
    private static final String FILE = "speech.wav";
    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = {
                "The WAV file; - for standard output, chunk by chunk. Default: speech.wav, here."
            })
    private @Nullable String file;

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
        if (isPlayed() && (isRaw || file != null)) {
            throw new UsageException(
                    "--play plays what -o and --raw would write; leave one of them out");
        }
        if (file != null && Files.isDirectory(Path.of(file))) {
            throw new UsageException("-o " + file + " is a folder; name a file in it");
        }
        if (dump != null && Files.exists(dump) && !Files.isDirectory(dump)) {
            throw new UsageException("--dump " + dump + " is a file; name a folder");
        }
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
        Path target = Path.of(file == null ? FILE : file);
        return Files.exists(target) && !Files.isRegularFile(target)
                ? Optional.empty()
                : Optional.of(target);
    }

    /** The format of {@code target}. */
    SoundFormat format(Path target) {
        return SoundFormat.ofName(String.valueOf(target.getFileName())).orElse(SoundFormat.WAV);
    }

    /** Begins files in the format of {@code target}. */
    BookFiles.Encoding encoding(Path target) {
        SoundFormat format = format(target);
        return (out, tags) -> format.encoder(out, Reference.SAMPLE_RATE, tags);
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
     */
    SoundOutput sound(PrintStream out, @Nullable String path) {
        if (isPlayed()) {
            return new PlayedSound(player == null ? Player.installed(path) : Player.of(player));
        }
        if (isRaw) {
            return SoundOutput.raw(out);
        }
        return STANDARD_OUTPUT.equals(file)
                ? SoundOutput.wav(out)
                : SoundOutput.file(Path.of(file == null ? FILE : file));
    }

    /** What looks at the stages. */
    StageObserver stages() {
        return dump == null ? StageObserver.NONE : new StageFiles(dump);
    }
}
