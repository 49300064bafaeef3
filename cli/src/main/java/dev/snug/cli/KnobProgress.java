package dev.snug.cli;

import dev.snug.cli.knobs.Job;
import dev.snug.cli.knobs.Knobs;

import java.util.Set;

/** How far the knobs of one model are, and how long the rest takes. */
final class KnobProgress {
    private static final double MINUTE = 60;

    private final ProgressLine line;
    private final Knobs knobs;
    private final int rounds;
    private final Set<Job> jobs;
    private final long startNanos = System.nanoTime();
    private double done;
    private double doing;

    KnobProgress(ProgressLine line, Knobs knobs, int rounds) {
        this.line = line;
        this.knobs = knobs;
        this.rounds = rounds;
        this.jobs = knobs.jobs();
    }

    /** Says that {@code job} is run now; what began before has ended. */
    void begin(int round, Job job) {
        done += doing;
        doing = weight(job);
        double all = rounds * jobs.stream().mapToDouble(this::weight).sum();
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        String rest = rest(done, all, seconds);
        String model = knobs.model().name();
        // Where nothing redraws itself, a line for each round is enough of short ones.
        line.step(
                rounds == 1 && !line.redraws()
                        ? model + ": " + words(job) + rest
                        : "%s: settings, round %d of %d".formatted(model, round + 1, rounds));
        line.share(done / all, words(job) + rest);
    }

    /** Work of a job beside that of the default one. */
    private double weight(Job job) {
        return job.pictures() > 0
                ? (1.0 + job.pictures()) / (1 + knobs.job().pictures())
                : job.chunkSeconds() / knobs.job().chunkSeconds();
    }

    /** {@code , about 4 min left}; empty as long as nothing can be said. */
    static String rest(double done, double all, double seconds) {
        if (done <= 0) {
            return "";
        }
        double left = seconds * (all - done) / done;
        return left < MINUTE
                ? ", less than a minute left"
                : ", about %d min left".formatted(Math.round(left / MINUTE));
    }

    private String words(Job job) {
        StringBuilder words = new StringBuilder();
        if (!job.model().equals(knobs.model().name())) {
            words.append(job.model()).append(' ');
        }
        if (job.pictures() != knobs.job().pictures()) {
            words.append("pictures: ").append(job.pictures()).append(' ');
        }
        if (job.chunkSeconds() != knobs.job().chunkSeconds()) {
            words.append(job.chunkSeconds()).append(" s ");
        }
        words.append(String.join(" ", job.options()));
        if (job.inSharedMemory()) {
            words.append(" /dev/shm");
        }
        return words.isEmpty() ? "default" : words.toString().strip();
    }
}
