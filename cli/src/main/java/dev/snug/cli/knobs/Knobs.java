package dev.snug.cli.knobs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The settings of one guide for one model, and the work that they are compared by. */
public sealed interface Knobs permits SpeechKnobs, PictureKnobs {
    /** What is measured. */
    Variants model();

    /** What the default run does. */
    Job job();

    /** Every row of the report in its order. */
    List<Setting> settings();

    /** What {@code figures} of {@code done} come to for as much work as the default run does. */
    JobFigures same(JobFigures figures, Job done);

    /** The processes that the settings need, each once, the default one first. */
    default Set<Job> jobs() {
        Set<Job> jobs = new LinkedHashSet<>();
        jobs.add(job());
        for (Setting setting : settings()) {
            if (setting.way() instanceof Way.Run run) {
                jobs.add(run.job());
            }
            setting.against().ifPresent(jobs::add);
        }
        return jobs;
    }
}
