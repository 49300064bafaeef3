package dev.snug.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the commands a user runs, once, while the build records which classes they load: the next
 * start maps those classes instead of parsing them (JEP 483, JEP 514).
 */
public final class AotTraining {
    /** The model that most first runs speak with. */
    private static final String SHIPPED = "snug-vi";

    private AotTraining() {}

    /**
     * Imports small models, answers pictures with one and speaks with the other, and with the model
     * that ships with Snug where it does.
     *
     * @param arguments the folder with the training model and pictures, an archive that speaks, and
     *     a scratch folder
     */
    public static void main(String[] arguments) {
        Path golden = Path.of(arguments[0]);
        String archive = arguments[1];
        Path scratch = Path.of(arguments[2]);
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Surroundings surroundings =
                new Surroundings(
                        Map.of("SNUG_HOME", scratch.toString()),
                        Main.shipped(),
                        new ByteArrayInputStream(new byte[0]),
                        nowhere,
                        System.err,
                        false);
        String model = golden.resolve("two_inputs.keras").toString();
        String settings = golden.resolve("two_inputs.settings.json").toString();
        String png = golden.resolve("picture_2.png").toString();
        String jpeg = golden.resolve("picture_2.jpg").toString();
        String maps = scratch.resolve("maps").toString() + "/";
        train(surroundings, "import", model, "--name", "training", "--settings", settings);
        train(surroundings, "models");
        train(surroundings, "classify", png, jpeg, "--explain", "-o", maps, "--age", "40");
        train(surroundings, "classify", jpeg, "--json", "-o", maps, "--sex", "male");
        train(surroundings, "import", archive, "--name", "voice");
        String sound = scratch.resolve("training.wav").toString();
        train(surroundings, "speak", "Một, hai.", "--steps", "2", "-o", sound);
        train(surroundings, "speak", "Ba.", "--steps", "2", "-o", sound, "--json");
        if (surroundings.store().contains(SHIPPED)) {
            train(surroundings, "speak", "Một, hai.", "--model", SHIPPED, "-o", sound);
            train(surroundings, "speak", "Ba.", "--model", SHIPPED, "-o", sound, "--json");
        }
        train(surroundings, "voices");
        train(surroundings, "doctor", "--json");
    }

    private static void train(Surroundings surroundings, String... arguments) {
        int exitCode = Main.run(surroundings, arguments);
        if (exitCode != ExitCode.OK) {
            throw new IllegalStateException(
                    String.join(" ", arguments) + " ended with " + exitCode);
        }
    }
}
