package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.time.Instant;

/**
 * One line for each call: what was asked and how it ended; never a text, a picture, a query, a body
 * or a name. From many threads at once.
 */
public final class RequestLog {
    /** Longest message of an error that is written, in characters. */
    private static final int MESSAGE_CHARS = 300;

    /**
     * What is told of a call.
     *
     * @param time when it came
     * @param route its pattern, or "-" when there is none
     * @param status as it ended; 499 when the client left
     * @param bytesIn of the body that was read
     * @param bytesOut of the body that was sent
     * @param millis from its head to its end
     * @param client address; null to keep it out
     * @param errorId what the client was told to ask for; null when nothing failed
     * @param error class and message of what failed; null when nothing did
     */
    record Line(
            Instant time,
            String method,
            String route,
            int status,
            long bytesIn,
            long bytesOut,
            long millis,
            @Nullable String client,
            @Nullable String errorId,
            @Nullable String error) {}

    private final PrintStream out;
    private final boolean json;

    /**
     * A log.
     *
     * @param out in UTF-8; stays open
     * @param json whether each line is a JSON object
     */
    public RequestLog(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void write(Line line) {
        String text = json ? json(line) : text(line);
        synchronized (out) {
            out.print(text);
            out.flush();
        }
    }

    static String text(Line line) {
        StringBuilder out = new StringBuilder(160);
        out.append(line.time()).append(' ').append(level(line)).append(' ');
        escape(out, line.method());
        out.append(' ');
        escape(out, line.route());
        out.append(' ').append(line.status()).append(" in=").append(line.bytesIn());
        out.append(" out=").append(line.bytesOut()).append(" ms=").append(line.millis());
        textField(out, "client", line.client());
        textField(out, "error_id", line.errorId());
        textField(out, "error", line.error());
        return out.append('\n').toString();
    }

    static String json(Line line) {
        StringBuilder out = new StringBuilder(240);
        out.append("{\"time\":\"").append(line.time());
        out.append("\",\"level\":\"").append(level(line)).append('"');
        jsonField(out, "method", line.method());
        jsonField(out, "route", line.route());
        out.append(",\"status\":").append(line.status());
        out.append(",\"bytes_in\":").append(line.bytesIn());
        out.append(",\"bytes_out\":").append(line.bytesOut());
        out.append(",\"duration_ms\":").append(line.millis());
        jsonField(out, "client", line.client());
        jsonField(out, "error_id", line.errorId());
        jsonField(out, "error", line.error());
        return out.append("}\n").toString();
    }

    private static String level(Line line) {
        return line.status() >= 500 ? "error" : "info";
    }

    private static void textField(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            out.append(' ').append(name).append("=\"");
            escape(out, value);
            out.append('"');
        }
    }

    private static void jsonField(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            out.append(",\"").append(name).append("\":\"");
            escape(out, value);
            out.append('"');
        }
    }

    /** As in JSON strings (RFC 8259, 7), with every control and separator character escaped. */
    private static void escape(StringBuilder out, String value) {
        int length = Math.min(value.length(), MESSAGE_CHARS);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c)
                    || c == '\u2028'
                    || c == '\u2029'
                    || Character.isSurrogate(c)
                    || Character.getType(c) == Character.FORMAT) {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            } else {
                out.append(c);
            }
        }
    }
}
