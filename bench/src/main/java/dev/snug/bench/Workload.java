package dev.snug.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The commands whose cost is published, each in fresh processes, in turn: every round runs each
 * command once, so that what else the machine does falls on all of them.
 */
final class Workload {
    /** One command line. */
    enum Task {
        FLOOR("JVM and engine only: snug doctor", 0),
        CLASSIFY("sklesion, classify", 1),
        EXPLAIN("sklesion, classify --explain", 1),
        CLASSIFY_MANY("sklesion, classify, 10 pictures", 10),
        EXPLAIN_MANY("sklesion, classify --explain, 10 pictures", 10),
        LARGE_JPEG("sklesion, classify --explain, 12-megapixel JPEG", 1);

        final String title;
        private final int pictures;

        Task(String title, int pictures) {
            this.title = title;
            this.pictures = pictures;
        }
    }

    static final String MODEL = "sklesion";

    /** Width and height of the large JPEG in pixels. */
    private static final int LARGE_WIDTH = 4000;

    private static final int LARGE_HEIGHT = 3000;

    private final Snug snug;
    private final Golden golden;
    private final Path largeJpeg;
    private final Path maps;

    Workload(Snug snug, Golden golden) throws IOException {
        this.snug = snug;
        this.golden = golden;
        this.largeJpeg = snug.scratch().resolve("large.jpg");
        this.maps = Files.createDirectories(snug.scratch().resolve("maps"));
        SyntheticPhoto.writeJpeg(SyntheticPhoto.of(LARGE_WIDTH, LARGE_HEIGHT), largeJpeg);
    }

    /** The arguments of a task. */
    List<String> arguments(Task task) {
        if (task == Task.FLOOR) {
            return List.of("doctor", "--json");
        }
        List<String> arguments = new ArrayList<>(List.of("classify", "--json", "-m", MODEL));
        arguments.addAll(golden.options());
        if (task == Task.EXPLAIN || task == Task.EXPLAIN_MANY || task == Task.LARGE_JPEG) {
            arguments.addAll(List.of("--explain", "-o", maps.toString()));
        }
        Path picture = task == Task.LARGE_JPEG ? largeJpeg : golden.picture();
        arguments.addAll(Collections.nCopies(task.pictures, picture.toString()));
        return arguments;
    }

    /** Throws unless the run of a task answered, and answered rightly. */
    void check(Task task, Run run) {
        run.orThrow(task.title);
        switch (task) {
            case FLOOR -> {}
            case LARGE_JPEG -> {
                if (run.answers().size() != 1) {
                    throw new IllegalStateException("no answer for " + largeJpeg);
                }
            }
            case CLASSIFY, EXPLAIN, CLASSIFY_MANY, EXPLAIN_MANY -> golden.check(run, task.pictures);
        }
    }

    /** Runs every task {@code rounds} times after a round that only warms the page cache. */
    void measure(int rounds, Results results) {
        Map<Task, List<Run>> runs = new EnumMap<>(Task.class);
        for (int round = 0; round <= rounds; round++) {
            System.err.printf("bench: round %d of %d%n", round, rounds);
            for (Task task : Task.values()) {
                Run run = snug.run(arguments(task));
                check(task, run);
                List<Run> kept = runs.computeIfAbsent(task, _ -> new ArrayList<>());
                if (round > 0) {
                    kept.add(run);
                }
            }
        }
        runs.forEach((task, kept) -> results.addRuns(task.title, kept));
        addDifferences(runs, results);
    }

    /** Cost of one more picture, and of the heat map with its overlay, round by round. */
    private static void addDifferences(Map<Task, List<Run>> runs, Results results) {
        List<Double> classify = eachFurther(runs, Task.CLASSIFY_MANY, Task.CLASSIFY);
        List<Double> explain = eachFurther(runs, Task.EXPLAIN_MANY, Task.EXPLAIN);
        results.add("each further picture, classify", Quantity.CPU, classify);
        results.add("each further picture, classify --explain", Quantity.CPU, explain);
        List<Double> percents = new ArrayList<>();
        for (int i = 0; i < classify.size(); i++) {
            percents.add(100 * (explain.get(i) - classify.get(i)) / classify.get(i));
        }
        results.add("heat map and overlay, processes of 10 pictures", Quantity.SHARE, percents);
    }

    private static List<Double> eachFurther(Map<Task, List<Run>> runs, Task many, Task one) {
        List<Run> larger = runs.getOrDefault(many, List.of());
        List<Run> smaller = runs.getOrDefault(one, List.of());
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < larger.size(); i++) {
            double more = larger.get(i).cpuSeconds() - smaller.get(i).cpuSeconds();
            seconds.add(more / (many.pictures - one.pictures));
        }
        return seconds;
    }
}
