package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.bundle.Origin;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.bundle.LoadMemory;
import dev.snug.speech.bundle.SpeechSettings;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** What the list of models says of a speech model only. */
record SpeechListing(Manifest model, SpeechSettings settings) {
    /** Where the settings of every family count the weights of each graph. */
    private static final String PARAMETERS = "parameters";

    /** The graph whose loading was measured. */
    private static final String VELOCITY = "velocity";

    static boolean is(Manifest model) {
        return model.kind().equals(SpeechSettings.KIND);
    }

    static SpeechListing of(Manifest model) {
        return new SpeechListing(
                model, SpeechSettings.parse(model.settings(), "settings of " + model.name()));
    }

    /**
     * {@code listing}, or the same as broken when the settings of a speech model cannot be read.
     */
    static Listing checked(Listing listing) {
        if (listing instanceof Listing.Whole(Manifest model, var _, Origin origin) && is(model)) {
            try {
                of(model);
            } catch (JsonException e) {
                return new Listing.Broken(
                        model.name(),
                        new BundleException(String.valueOf(e.getMessage()), e),
                        origin);
            }
        }
        return listing;
    }

    /** In a few words, such as {@code f5, folded, fused, 3 voices}. */
    String words() {
        int voices = settings.voices().size();
        return settings.family().name().toLowerCase(Locale.ROOT)
                + (settings.folded() ? ", folded" : "")
                + (settings.fused() ? ", fused" : "")
                + (voices == 0
                        ? ", no voices"
                        : voices == 1 ? ", 1 voice" : ", " + voices + " voices");
    }

    /**
     * The properties that only speech models have.
     *
     * @param measured of the model, in processes of their own
     */
    void write(JsonGenerator out, Measured measured) {
        out.writeStringProperty("family", settings.family().name().toLowerCase(Locale.ROOT));
        out.writeBooleanProperty("folded", settings.folded());
        out.writeBooleanProperty("fused", settings.fused());
        out.writeName("anonymous_bytes");
        number(out, anonymousBytes(measured));
        out.writeNumberProperty("voices", settings.voices().size());
        out.writeArrayPropertyStart("notes");
        settings.notes().forEach(out::writeString);
        out.writeEndArray();
        out.writeArrayPropertyStart("graphs");
        for (Manifest.GraphEntry graph : model.graphs()) {
            out.writeStartObject();
            out.writeStringProperty("role", graph.role());
            out.writeName(PARAMETERS);
            number(
                    out,
                    settings.layout().get(PARAMETERS) instanceof Map<?, ?> counts
                            ? counts.get(graph.role())
                            : null);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /**
     * Anonymous memory of a process that speaks the shortest chunk that was measured. Where none
     * was, the import's figure: too low, because there the process held other things before.
     */
    private @Nullable Long anonymousBytes(Measured measured) {
        return measured.configurations().stream()
                .filter(configuration -> configuration.job().equals("speak"))
                .min(Comparator.comparingLong(each -> each.whole("frames", Long.MAX_VALUE)))
                .flatMap(measured::figures)
                .map(Measured.Figures::anonymousBytes)
                .orElse(model.measured().bytes().get(LoadMemory.key(VELOCITY)));
    }

    private static void number(JsonGenerator out, @Nullable Object value) {
        if (value instanceof Long whole) {
            out.writeNumber(whole);
        } else {
            out.writeNull();
        }
    }
}
