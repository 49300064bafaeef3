package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that plays what comes on its standard input.
 *
 * @param command its name and options
 * @param isRaw whether it wants samples without a header (int16, 24 kHz, mono) instead of WAV
 */
record Player(List<String> command, boolean isRaw) {
    /** Tried in this order; afplay of macOS is not here, as it plays whole files only. */
    private static final List<Player> KNOWN =
            List.of(
                    raw("pw-play --rate 24000 --channels 1 --format s16 -"),
                    raw("paplay --raw --rate=24000 --channels=1 --format=s16le"),
                    raw("aplay -q -t raw -f S16_LE -r 24000 -c 1 -"),
                    wav("ffplay -nodisp -autoexit -loglevel error -i -"),
                    wav("play -q -t wav -"));

    Player {
        command = List.copyOf(command);
    }

    private static Player raw(String command) {
        return new Player(List.of(command.split(" ", -1)), true);
    }

    private static Player wav(String command) {
        return new Player(List.of(command.split(" ", -1)), false);
    }

    /** The user's own, run by the shell. */
    static Player of(String command) {
        return new Player(List.of("sh", "-c", command), false);
    }

    /** What it is called. */
    String name() {
        return command.getFirst().equals("sh") ? command.getLast() : command.getFirst();
    }

    /**
     * The first of those that are known which is in a folder of {@code path}.
     *
     * @throws UsageException when none is
     */
    static Player installed(@Nullable String path) {
        List<String> folders =
                path == null ? List.of() : List.of(path.split(File.pathSeparator, -1));
        return KNOWN.stream()
                .filter(player -> folders.stream().anyMatch(folder -> player.isIn(folder)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "--play finds none of pw-play, paplay, aplay, ffplay and"
                                                + " play; install one, name another with --player,"
                                                + " or write a file with -o"));
    }

    private boolean isIn(String folder) {
        return !folder.isEmpty() && Files.isExecutable(Path.of(folder, command.getFirst()));
    }
}
