package dev.snug.cli;

import dev.snug.server.work.Rehearsal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands a user runs, once, while the build records which classes they load: the next
 * start maps those classes instead of parsing them (JEP 483, JEP 514).
 */
public final class AotTraining {
    /** The model that most first runs speak with. */
    private static final String SHIPPED = "snug-vi";

    /** The model that the training imports. */
    private static final String VOICE = "voice";

    /** The classifier that the training imports. */
    private static final String MODEL = "training";

    /** The cache for pictures alone. */
    private static final String CLASSIFY = "classify";

    /** The cache for speech alone. */
    private static final String SPEAK = "speak";

    /** The cache for the server. */
    private static final String SERVE = "serve";

    /** The cache for its workers. */
    private static final String WORK = "work";

    private AotTraining() {}

    /**
     * Runs the commands of one cache: of {@code snug}, an import of each kind, pictures, speech and
     * lists; of the others, after that, pictures alone, speech alone, a server, and what its
     * workers do.
     *
     * @param arguments the cache, the folder with the training model and pictures, an archive that
     *     speaks, and a scratch folder
     */
    public static void main(String[] arguments) throws IOException {
        Path golden = Path.of(arguments[1]);
        String archive = arguments[2];
        Path scratch = Path.of(arguments[3]);
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
        Path picture = golden.resolve("picture_2.jpg");
        if (arguments[0].equals(SERVE)) {
            train(surroundings, "serve", "--print-config", "--port", "0");
            ServeTraining.run(surroundings, scratch, picture, MODEL);
            return;
        }
        if (arguments[0].equals(WORK)) {
            Rehearsal.run(scratch, surroundings.shipped(), MODEL, picture, SHIPPED);
            return;
        }
        String maps = scratch.resolve("maps").toString() + "/";
        if (arguments[0].equals(CLASSIFY)) {
            classify(surroundings, golden, maps);
            return;
        }
        String sound = scratch.resolve("training.wav").toString();
        if (arguments[0].equals(SPEAK)) {
            speak(surroundings, sound);
            return;
        }
        String model = golden.resolve("two_inputs.keras").toString();
        String settings = golden.resolve("two_inputs.settings.json").toString();
        train(surroundings, "import", model, "--name", MODEL, "--settings", settings);
        train(surroundings, "models");
        classify(surroundings, golden, maps);
        train(surroundings, "import", archive, "--name", VOICE);
        speak(surroundings, sound);
        train(surroundings, "voices");
        train(surroundings, "doctor", "--json");
    }

    /** Pictures as users ask about them. */
    private static void classify(Surroundings surroundings, Path golden, String maps) {
        String png = golden.resolve("picture_2.png").toString();
        String jpeg = golden.resolve("picture_2.jpg").toString();
        train(surroundings, "classify", png, jpeg, "--explain", "-o", maps, "--age", "40");
        train(surroundings, "classify", jpeg, "--json", "-o", maps, "--sex", "male");
        train(surroundings, "classify", png, "--memory=1GiB");
    }

    /**
     * Speech as users ask for it, once without and once with every option that brings classes of
     * its own: an option that plans or limits memory belongs here as soon as it is used.
     */
    private static void speak(Surroundings surroundings, String sound) {
        String log = sound + ".csv";
        for (String model : List.of(VOICE, SHIPPED)) {
            if (surroundings.store().contains(model)) {
                train(surroundings, "speak", "Một, hai.", "--model", model, "-o", sound);
                train(
                        surroundings,
                        "speak",
                        "Ba.",
                        "--model",
                        model,
                        "-o",
                        sound,
                        "--json",
                        "--memory-log",
                        log);
                // Little enough that the plan is weighed.
                train(surroundings, "speak", "Ba.", "-m", model, "-o", sound, "--memory=1GiB");
            }
        }
        train(surroundings, "speak", "Một, hai.", "-o", sound);
    }

    private static void train(Surroundings surroundings, String... arguments) {
        int exitCode = Main.run(surroundings, arguments);
        if (exitCode != ExitCode.OK) {
            throw new IllegalStateException(
                    String.join(" ", arguments) + " ended with " + exitCode);
        }
    }
}
