package dev.snug.vision;

import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.patient.PatientException;
import dev.snug.vision.patient.PatientFeature;
import dev.snug.vision.picture.Resampler;
import dev.snug.vision.picture.Samples;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a classifier's graph does not say of itself: the names of its classes, how a picture becomes
 * its input, what the patient values mean.
 *
 * @param classes in the order of the model's output; empty until the number of classes is known
 * @param resize how a picture is brought to the model's size
 * @param divisor what 0–255 levels are divided by before the graph sees them; 1 where the model
 *     scales by itself
 * @param targetLayer the layer whose activations the heat map explains; null for the last
 *     convolution
 * @param patient how the patient vector is filled; empty when the model takes none
 */
public record ClassifierSettings(
        List<ClassLabel> classes,
        Resize resize,
        float divisor,
        @Nullable String targetLayer,
        List<PatientFeature> patient) {
    /** More classes than any published skin or ImageNet-21k model tells apart. */
    public static final int CLASSES_MAX = 50_000;

    private static final int FEATURES_MAX = 1000;

    /** What most Keras models want: LANCZOS, levels 0–255, last convolution. */
    public static final ClassifierSettings DEFAULT =
            new ClassifierSettings(List.of(), Resize.LANCZOS, 1, null, List.of());

    /** The filters that models were trained with. */
    public enum Resize {
        LANCZOS,
        BILINEAR;

        Resampler resampler() {
            return switch (this) {
                case LANCZOS -> Resampler.lanczos();
                case BILINEAR -> Resampler.bilinear();
            };
        }

        /** What it needs of a picture that is decoded reduced for a model's input of that size. */
        public Samples samples(InputSize size) {
            return switch (this) {
                case LANCZOS -> Samples.NONE;
                case BILINEAR -> new Samples(size.width(), size.height());
            };
        }
    }

    public ClassifierSettings {
        classes = List.copyOf(classes);
        patient = List.copyOf(patient);
        if (!(divisor > 0)) {
            throw new IllegalArgumentException("divide_by must be above 0, not " + divisor);
        }
    }

    /**
     * The same settings with {@code count} classes: as named, or numbered when nobody named them.
     */
    public ClassifierSettings withClassCount(int count) {
        if (classes.size() == count) {
            return this;
        }
        if (!classes.isEmpty()) {
            throw new JsonException(
                    "the settings name %d classes, the model tells %d apart"
                            .formatted(classes.size(), count));
        }
        return withClasses(
                IntStream.range(0, count)
                        .mapToObj(i -> new ClassLabel(Integer.toString(i), "class " + i, null))
                        .toList());
    }

    /** The same settings with these classes. */
    public ClassifierSettings withClasses(List<ClassLabel> newClasses) {
        return new ClassifierSettings(newClasses, resize, divisor, targetLayer, patient);
    }

    /** The same settings with another target layer. */
    public ClassifierSettings withTargetLayer(@Nullable String newTargetLayer) {
        return new ClassifierSettings(classes, resize, divisor, newTargetLayer, patient);
    }

    /**
     * Reads the settings of a manifest or of a file that a user wrote.
     *
     * @param where the place, for messages
     * @throws JsonException when a key is missing, unknown or wrong
     */
    public static ClassifierSettings parse(Map<String, ?> object, String where) {
        return Fields.read(object, where, ClassifierSettings::read);
    }

    private static ClassifierSettings read(Fields fields) {
        return new ClassifierSettings(
                fields.has("classes")
                        ? fields.list("classes", CLASSES_MAX, ClassifierSettings::readClass)
                        : List.of(),
                fields.has("resize") ? fields.choice("resize", Resize.class) : Resize.LANCZOS,
                fields.has("divide_by") ? (float) fields.number("divide_by") : 1,
                fields.has("target_layer") ? fields.textOrNull("target_layer") : null,
                fields.has("patient")
                        ? fields.list("patient", FEATURES_MAX, ClassifierSettings::readFeature)
                        : List.of());
    }

    private static ClassLabel readClass(Fields fields) {
        String id = fields.text("id");
        return new ClassLabel(
                id,
                fields.has("name") ? fields.text("name") : id,
                fields.has("group") ? fields.textOrNull("group") : null);
    }

    private static PatientFeature readFeature(Fields fields) {
        PatientFeature.Field field = fields.choice("field", PatientFeature.Field.class);
        return switch (fields.choice("encoding", Encoding.class)) {
            case ONE_HOT ->
                    new PatientFeature.OneHot(
                            field, fields.words("words", FEATURES_MAX), fields.text("absent"));
            case SCALED ->
                    new PatientFeature.Scaled(
                            field, fields.number("divide_by"), fields.number("absent"));
            case MISSING -> new PatientFeature.Missing(field);
        };
    }

    private enum Encoding {
        ONE_HOT,
        SCALED,
        MISSING
    }

    /** The settings as a manifest keeps them; {@link #parse} reads them back. */
    public Map<String, ?> toJson() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("classes", classes.stream().map(ClassifierSettings::json).toList());
        properties.put("resize", word(resize));
        properties.put("divide_by", (double) divisor);
        if (targetLayer != null) {
            properties.put("target_layer", targetLayer);
        }
        properties.put("patient", patient.stream().map(ClassifierSettings::json).toList());
        return properties;
    }

    private static Map<String, Object> json(ClassLabel label) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", label.id());
        properties.put("name", label.name());
        if (label.group() != null) {
            properties.put("group", label.group());
        }
        return properties;
    }

    private static Map<String, Object> json(PatientFeature feature) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("field", word(feature.field()));
        switch (feature) {
            case PatientFeature.OneHot oneHot -> {
                properties.put("encoding", word(Encoding.ONE_HOT));
                properties.put("words", oneHot.words());
                properties.put("absent", oneHot.absent());
            }
            case PatientFeature.Scaled scaled -> {
                properties.put("encoding", word(Encoding.SCALED));
                properties.put("divide_by", scaled.divisor());
                properties.put("absent", scaled.absent());
            }
            case PatientFeature.Missing missing ->
                    properties.put("encoding", word(Encoding.MISSING));
        }
        return properties;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The patient values as the model's input {@code port} takes them, [1, values].
     *
     * @throws PatientException when nothing says what that input means
     */
    Tensor vector(Patient values, Port port) {
        if (patient.isEmpty()) {
            throw new PatientException(
                    "the model takes a vector %s that its settings do not explain; import it again with --settings FILE (snug help import)"
                            .formatted(port));
        }
        float[] vector = PatientFeature.encode(patient, values);
        return Tensor.floats(vector, 1, vector.length);
    }
}
