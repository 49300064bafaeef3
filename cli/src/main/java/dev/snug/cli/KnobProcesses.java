package dev.snug.cli;

import dev.snug.cli.knobs.Job;
import dev.snug.cli.knobs.JobFigures;
import dev.snug.runtime.measure.MemorySample;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Runs jobs of the knob report, each in a fresh process.
 *
 * @param process that commands are started as
 * @param folder for what they write
 * @param sharedMemory a folder in /dev/shm; null where there is none
 * @param picture that is answered; null where speech is made
 * @param voice that speaks; empty where pictures are answered
 */
record KnobProcesses(
        FreshProcess process,
        Path folder,
        @Nullable Path sharedMemory,
        @Nullable Path picture,
        String voice) {
    /**
     * One process, from before its start to after its end.
     *
     * @param steps of speech; empty for the model's own
     * @throws MeasureFailedException when it fails; says how
     */
    JobFigures run(Job job, OptionalInt steps) throws IOException {
        Path place = job.inSharedMemory() && sharedMemory != null ? sharedMemory : folder;
        List<String> arguments =
                job.pictures() > 0 ? classify(job, placed(place)) : speak(job, steps);
        arguments.addAll(job.options());
        if (job.pictures() == 0) {
            arguments.add("--output=" + place.resolve("speech.wav"));
        } else if (job.options().contains("--explain")) {
            arguments.add("--output=" + place.resolve("maps") + "/");
        }
        FreshProcess fresh =
                place.equals(folder) ? process : process.with("-Djava.io.tmpdir=" + place);
        long startedNanos = System.nanoTime();
        List<MemorySample> samples = fresh.run(arguments);
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        return JobFigures.of(job, samples, seconds, place.equals(folder) ? 0 : bytes(place));
    }

    private List<String> speak(Job job, OptionalInt steps) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "speak",
                                MeasureOptions.TEXT,
                                "--model=" + job.model(),
                                "--voice=" + voice,
                                "--seed=1",
                                "--fix-duration="
                                        + MeasureOptions.fixedSeconds(
                                                MeasureOptions.frames(job.chunkSeconds())),
                                "--json"));
        steps.ifPresent(count -> arguments.add("--steps=" + count));
        return arguments;
    }

    private static List<String> classify(Job job, Path picture) {
        List<String> arguments = new ArrayList<>(List.of("classify"));
        for (int i = 0; i < job.pictures(); i++) {
            arguments.add(picture.toString());
        }
        arguments.addAll(List.of("--model=" + job.model(), "--json"));
        return arguments;
    }

    /** The picture, where it comes to lie in memory as an upload would. */
    private Path placed(Path place) throws IOException {
        if (picture == null) {
            throw new IllegalStateException("a job of pictures without one");
        }
        if (place.equals(folder)) {
            return picture;
        }
        Path copy = place.resolve("picture");
        Files.copy(picture, copy, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
