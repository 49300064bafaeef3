package dev.snug.cli;

import dev.snug.runtime.measure.Probe;

import tools.jackson.core.JsonGenerator;

import java.util.Locale;
import java.util.OptionalLong;

/** The most memory that this process ever held, as the system counted it. */
final class PeakMemory {
    private PeakMemory() {}

    /** In bytes; empty where the system does not tell. */
    static OptionalLong rssBytes() {
        return Probe.ofThisMachine().peakBytes();
    }

    /** For people: {@code 93 MiB}. */
    static String shown() {
        OptionalLong bytes = rssBytes();
        return bytes.isPresent()
                ? String.format(Locale.ROOT, "%.0f MiB", Mebibytes.of(bytes.getAsLong()))
                : "not told by this system";
    }

    /** As a property, null where the system does not tell. */
    static void write(JsonGenerator json) {
        json.writeName("peak_rss_bytes");
        OptionalLong bytes = rssBytes();
        if (bytes.isPresent()) {
            json.writeNumber(bytes.getAsLong());
        } else {
            json.writeNull();
        }
    }
}
