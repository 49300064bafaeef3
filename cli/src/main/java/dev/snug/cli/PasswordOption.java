package dev.snug.cli;

import picocli.CommandLine.Option;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A new password, from a terminal that does not show it or from standard input. */
final class PasswordOption {
    /** Longer than any password in UTF-8. */
    private static final int BYTES_MOST = 4096;

    @Option(
            names = "--password-stdin",
            description = "Read the password from standard input, up to the end of its first line.")
    private boolean isFromInput;

    String read(Surroundings surroundings) throws IOException {
        if (isFromInput) {
            return line(surroundings.in());
        }
        Console console = surroundings.interactive() ? System.console() : null;
        if (console == null) {
            throw new UsageException(
                    "there is no terminal to ask for a password: use --password-stdin");
        }
        char[] first = console.readPassword("Password (10 characters or more): ");
        char[] second = first == null ? null : console.readPassword("The same again: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new UsageException("the two are not the same; nothing was changed");
        }
        return new String(first);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() <= BYTES_MOST) {
            line.write(next);
            next = in.read();
        }
        String password = line.toString(StandardCharsets.UTF_8);
        return password.endsWith("\r") ? password.substring(0, password.length() - 1) : password;
    }
}
