package dev.snug.cli;

import static java.util.Objects.requireNonNullElse;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well a voice was understood with different settings, as the {@code quality.json} says that
 * comes with it; docs/VOICE.md has how that was measured.
 *
 * @param variants the model's own settings first
 */
record SpeechQuality(List<Variant> variants) {
    /** The file that a voice which was measured brings with it. */
    private static final String FILE = "quality.json";

    private static final int VARIANTS_MAX = 1000;

    SpeechQuality {
        variants = List.copyOf(variants);
    }

    /**
     * Settings that were measured.
     *
     * @param schedule of the steps, such as {@code epss}
     * @param isWhole whether nothing else differs from the model's own settings
     * @param share of whole syllables that a listener who knows the text hears, 0 to 1
     * @param low of the 95 % interval
     * @param high of the 95 % interval
     */
    record Variant(
            int steps,
            String schedule,
            double guidance,
            boolean isWhole,
            double share,
            double low,
            double high) {
        private static Variant of(Object value) {
            if (!(value instanceof Map<?, ?> object)) {
                throw new JsonException(FILE + ": variants has something else than objects");
            }
            // Other keys are other measures, for docs/VOICE.md.
            Fields fields = new Fields(object, FILE + " variants");
            Fields syllable = new Fields(fields.tree("syllable"), FILE + " syllable");
            return new Variant(
                    Math.toIntExact(fields.whole("steps")),
                    fields.text("schedule"),
                    fields.number("guidance"),
                    fields.textOrNull("skip_guidance") == null
                            && fields.text("reference").equals("whole"),
                    syllable.number("value"),
                    syllable.number("low"),
                    syllable.number("high"));
        }
    }

    /** What {@code bundle} says; empty when it was never measured. */
    static Optional<SpeechQuality> of(Bundle bundle) {
        if (!bundle.manifest().files().containsKey(FILE)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(bundle.file(FILE))) {
            byte[] text = in.readNBytes(JsonLimits.MANIFEST.bytes() + 1);
            Fields fields = new Fields(Json.parseObject(text, FILE), FILE);
            List<?> variants =
                    requireNonNullElse(fields.values("variants", VARIANTS_MAX), List.of());
            return variants.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new SpeechQuality(
                                    variants.stream().<Variant>map(Variant::of).toList()));
        } catch (IOException e) {
            throw new BundleException(
                    "cannot read %s of model %s: %s"
                            .formatted(FILE, bundle.manifest().name(), e.getMessage()),
                    e);
        }
    }

    /** What was measured with so many steps and otherwise the model's own settings. */
    Optional<Variant> at(int steps) {
        Variant own = variants.getFirst();
        return variants.stream()
                .filter(
                        each ->
                                each.isWhole()
                                        && each.steps() == steps
                                        && each.schedule().equals(own.schedule())
                                        && each.guidance() == own.guidance())
                .findFirst();
    }
}
