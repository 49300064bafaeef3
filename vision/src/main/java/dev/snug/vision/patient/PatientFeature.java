package dev.snug.vision.patient;

import java.util.List;
import java.util.Locale;

/** One stretch of a model's vector of patient values, and how it is filled. */
public sealed interface PatientFeature {
    /** What a feature is made of; also the name of the command-line option. */
    enum Field {
        SEX,
        LOCATION,
        AGE;

        /** The name in files and messages. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The field it is made of. */
    Field field();

    /** How many values it fills. */
    int width();

    /** Writes its values into {@code vector} from {@code offset} on. */
    void encode(Patient patient, float[] vector, int offset);

    /**
     * One value per known word, 1 for the one given and 0 for the others.
     *
     * @param absent the word that stands for "not said"; one of {@code words}
     */
    record OneHot(Field field, List<String> words, String absent) implements PatientFeature {
        public OneHot {
            words = List.copyOf(words);
            if (!words.contains(absent)) {
                throw new IllegalArgumentException(absent + " is not one of " + words);
            }
        }

        @Override
        public int width() {
            return words.size();
        }

        @Override
        public void encode(Patient patient, float[] vector, int offset) {
            String word = patient.word(field).orElse(absent).toLowerCase(Locale.ROOT);
            int index = words.indexOf(word);
            if (index < 0) {
                throw new PatientException(
                        "the model knows no %s \"%s\"; it knows %s"
                                .formatted(field.label(), word, String.join(", ", words)));
            }
            vector[offset + index] = 1;
        }
    }

    /**
     * A number divided by {@code divisor}.
     *
     * @param absent the number, before the division, that stands for "not said": the mean of the
     *     training set, say
     */
    record Scaled(Field field, double divisor, double absent) implements PatientFeature {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public void encode(Patient patient, float[] vector, int offset) {
            vector[offset] = (float) (patient.number(field).orElse(absent) / divisor);
        }
    }

    /** 1 when the number was not said, else 0. */
    record Missing(Field field) implements PatientFeature {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public void encode(Patient patient, float[] vector, int offset) {
            vector[offset] = patient.number(field).isPresent() ? 0 : 1;
        }
    }

    /** The whole vector: all features side by side. */
    static float[] encode(List<PatientFeature> features, Patient patient) {
        float[] vector = new float[features.stream().mapToInt(PatientFeature::width).sum()];
        int offset = 0;
        for (PatientFeature feature : features) {
            feature.encode(patient, vector, offset);
            offset += feature.width();
        }
        return vector;
    }
}
