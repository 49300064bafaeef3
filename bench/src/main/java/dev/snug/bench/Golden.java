package dev.snug.bench;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.vision.patient.Patient;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The proof of right output: a synthetic picture, patient values, and the probabilities that
 * TensorFlow's float32 gives for them (versions are in {@code dark_mole.json}). A number counts
 * only when its process answered with these.
 */
record Golden(Path picture, Patient patient, Map<String, Double> probabilities, double tolerance) {
    private static final String NAME = "dark_mole";

    /** Reads the expected values and copies the picture into {@code folder}. */
    static Golden in(Path folder) throws IOException {
        Path picture = folder.resolve(NAME + ".png");
        Files.write(picture, resource(NAME + ".png"));
        String where = NAME + ".json";
        Fields fields = new Fields(Json.parseObject(resource(where), where), where);
        Fields expected = new Fields(fields.tree("probabilities"), where);
        Map<String, Double> probabilities = new HashMap<>();
        for (String id : fields.tree("probabilities").keySet()) {
            probabilities.put(id, expected.number(id));
        }
        return new Golden(
                picture,
                new Patient(fields.text("sex"), fields.text("location"), fields.number("age")),
                probabilities,
                fields.number("tolerance"));
    }

    /** The patient values as options of {@code snug classify}. */
    List<String> options() {
        return List.of(
                "--sex", String.valueOf(patient.sex()),
                "--location", String.valueOf(patient.location()),
                "--age", String.valueOf(patient.ageYears()));
    }

    /** Throws unless every answer of {@code run} has the expected probabilities. */
    void check(Run run, int answers) {
        List<Fields> found = run.answers();
        if (found.size() != answers) {
            throw new IllegalStateException(found.size() + " answers instead of " + answers);
        }
        found.forEach(answer -> check(Run.probabilities(answer)));
    }

    /** Throws unless the probabilities are the expected ones. */
    void check(Map<String, Double> found) {
        probabilities.forEach(
                (id, expected) -> {
                    double value = found.getOrDefault(id, Double.NaN);
                    if (!(Math.abs(value - expected) <= tolerance)) {
                        throw new IllegalStateException(
                                "wrong output: %s is %s, TensorFlow says %s"
                                        .formatted(id, value, expected));
                    }
                });
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return in.readAllBytes();
        }
    }
}
