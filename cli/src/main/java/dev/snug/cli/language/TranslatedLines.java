package dev.snug.cli.language;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Says lines of English to another stream as each one ends. What is flushed before its line has
 * ended passes as it is, and so does a line that is longer than any message: a line that a terminal
 * redraws was put into words before.
 */
final class TranslatedLines extends OutputStream {
    /** More bytes of one line than these are passed on as they are. */
    static final int LINE_BYTES_MAX = 16 << 10;

    private final PrintStream target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    TranslatedLines(PrintStream target) {
        this.target = target;
    }

    @Override
    public synchronized void write(int octet) {
        if (octet == '\n') {
            String english = line.toString(StandardCharsets.UTF_8);
            line.reset();
            target.print(Vietnamese.of(english) + "\n");
            target.flush();
        } else {
            line.write(octet);
            if (line.size() > LINE_BYTES_MAX) {
                pass();
            }
        }
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        for (int i = 0; i < length; i++) {
            write(octets[offset + i]);
        }
    }

    @Override
    public synchronized void flush() {
        pass();
        target.flush();
    }

    /** No end of a character lies in another write: who prints a text prints all of it. */
    private void pass() {
        if (line.size() > 0) {
            String begun = line.toString(StandardCharsets.UTF_8);
            line.reset();
            target.print(begun);
        }
    }
}
