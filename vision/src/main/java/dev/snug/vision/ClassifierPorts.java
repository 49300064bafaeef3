package dev.snug.vision;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.vision.keras.file.KerasException;
import dev.snug.vision.patient.PatientFeature;
import dev.snug.vision.picture.Resampler;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which input of a classifier's graph takes what.
 *
 * @param picture float32 [1, height, width, 3]
 * @param patient float32 [1, n]; null when the model looks at pictures alone
 */
record ClassifierPorts(Port picture, @Nullable Port patient) {
    /** Channels of a colour picture. */
    private static final int CHANNELS = 3;

    /**
     * Tells the inputs apart by their shapes; the class number of a heat map is not among them.
     *
     * @throws KerasException when there is no single colour picture, or more than a vector beside
     *     it
     */
    static ClassifierPorts of(List<Port> inputs) {
        Port picture = null;
        Port patient = null;
        for (Port input : inputs) {
            Shape shape = input.type().shape();
            if (input.type().elementType() != ElementType.FLOAT) {
                continue;
            }
            if (shape.rank() == 4 && shape.size(3) == CHANNELS && picture == null) {
                picture = input;
            } else if (shape.rank() == 2 && patient == null) {
                patient = input;
            } else {
                throw unsuitable(inputs);
            }
        }
        if (picture == null) {
            throw unsuitable(inputs);
        }
        for (int axis = 1; axis <= 2; axis++) {
            if (picture.type().shape().size(axis) > Resampler.SIDE_PIXELS) {
                throw new KerasException(
                        "the model takes pictures %s; the limit is %d pixels a side"
                                .formatted(picture.type(), Resampler.SIDE_PIXELS));
            }
        }
        return new ClassifierPorts(picture, patient);
    }

    private static KerasException unsuitable(List<Port> inputs) {
        return new KerasException(
                "a classifier takes one colour picture [1,height,width,3] and at most one vector of"
                        + " patient values; this model takes "
                        + inputs);
    }

    InputSize inputSize() {
        Shape shape = picture.type().shape();
        return new InputSize(Math.toIntExact(shape.size(1)), Math.toIntExact(shape.size(2)));
    }

    /** Checks that {@code features} fill the patient input exactly, or are left out. */
    void checkPatient(List<PatientFeature> features) {
        long width = features.stream().mapToLong(PatientFeature::width).sum();
        long wanted = patient == null ? 0 : patient.type().shape().size(1);
        if (width != wanted && !features.isEmpty()) {
            throw new KerasException(
                    "the settings fill %d patient values, the model takes %d"
                            .formatted(width, wanted));
        }
    }
}
