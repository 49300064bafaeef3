package dev.snug.cli;

import dev.snug.speech.Spoken;
import dev.snug.speech.sound.SoundWish;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Speech that a player gets while it is made. */
record PlayedSound(Player player) implements SoundOutput {
    @Override
    public Spoken write(Speech speech) throws IOException {
        Process process =
                new ProcessBuilder(player.command())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            Spoken spoken = played(process, speech);
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException(
                        "%s ended with exit code %d".formatted(player.name(), exitCode));
            }
            return spoken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + player.name() + " played", e);
        } finally {
            process.destroy();
        }
    }

    /** Closes the player's input in the end, so that it knows that this was all. */
    private Spoken played(Process process, Speech speech) throws IOException {
        try (PrintStream in =
                new PrintStream(process.getOutputStream(), false, StandardCharsets.UTF_8)) {
            SoundOutput stream =
                    player.isRaw() ? SoundOutput.raw(in) : SoundOutput.stream(in, SoundWish.WAV);
            try {
                return stream.write(speech);
            } catch (IOException e) {
                throw in.checkError()
                        ? new IOException(player.name() + " ended before the speech did", e)
                        : e;
            }
        }
    }

    @Override
    public @Nullable Path path() {
        return null;
    }

    @Override
    public String name() {
        return player.name();
    }
}
