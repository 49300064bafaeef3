package dev.snug.cli.knobs;

import java.util.ArrayList;
import java.util.List;

/**
 * What one process is asked for; equal jobs are measured once.
 *
 * @param model the name of the model or of its variant
 * @param chunkSeconds of speech, recording included; 0 where pictures are answered
 * @param pictures that are answered; 0 where speech is made
 * @param options of the command beside these
 * @param inSharedMemory whether temporary files and results lie in /dev/shm
 */
public record Job(
        String model,
        double chunkSeconds,
        int pictures,
        List<String> options,
        boolean inSharedMemory) {
    public Job {
        if ((chunkSeconds > 0) == (pictures > 0)) {
            throw new IllegalArgumentException(
                    "a job of %s seconds and %d pictures".formatted(chunkSeconds, pictures));
        }
        options = List.copyOf(options);
    }

    /** One chunk of speech. */
    public static Job speaking(String model, double chunkSeconds) {
        return new Job(model, chunkSeconds, 0, List.of(), false);
    }

    /** Pictures, one after the other in one process. */
    public static Job answering(String model, int pictures) {
        return new Job(model, 0, pictures, List.of(), false);
    }

    boolean isSpeech() {
        return chunkSeconds > 0;
    }

    Job with(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Job(model, chunkSeconds, pictures, more, inSharedMemory);
    }

    Job ofModel(String newModel) {
        return new Job(newModel, chunkSeconds, pictures, options, inSharedMemory);
    }

    Job ofSeconds(double newSeconds) {
        return new Job(model, newSeconds, pictures, options, inSharedMemory);
    }

    Job ofPictures(int newPictures) {
        return new Job(model, chunkSeconds, newPictures, options, inSharedMemory);
    }

    Job inMemory() {
        return new Job(model, chunkSeconds, pictures, options, true);
    }
}
