package dev.snug.server.api;

import dev.snug.server.job.Job;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.Job.State;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A job as the API says it. Pure. */
public final class JobJson {
    private JobJson() {}

    /** {@code job} with its progress, and the link to its result once there is one. */
    public static Map<String, @Nullable Object> of(Job job) {
        Map<String, @Nullable Object> progress = new LinkedHashMap<>();
        progress.put("done", job.done());
        progress.put("total", job.total());
        progress.put("failed", job.failed());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", job.id());
        json.put("kind", job.line().kind().word());
        json.put("model", job.line().model());
        json.put("account", job.account());
        json.put("state", job.state().word());
        json.put("created", time(Optional.of(job.created())));
        json.put("started", time(job.started()));
        json.put("ended", time(job.ended()));
        json.put("progress", progress);
        OptionalLong eta = etaSeconds(job);
        json.put("eta_seconds", eta.isPresent() ? (Long) eta.getAsLong() : null);
        json.put("error", job.problem().map(JobJson::error).orElse(null));
        json.put("result", job.state() == State.SUCCEEDED ? path(job) + "/result" : null);
        return json;
    }

    /** Where a job is. */
    static String path(Job job) {
        return "/v1/jobs/" + job.id();
    }

    /** RFC 3339, whole seconds. */
    private static @Nullable String time(Optional<Instant> time) {
        return time.map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null);
    }

    static Map<String, @Nullable Object> error(Problem problem) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("code", problem.code());
        json.put("message", problem.message());
        return json;
    }

    /** Seconds until the end of a job that nothing else delays; empty where nobody can know. */
    private static OptionalLong etaSeconds(Job job) {
        return job.state().isOver()
                ? OptionalLong.empty()
                : etaSeconds(job.workMillis(), job.done(), job.total());
    }

    /**
     * The time of the steps that are left, if they take as long as those that are done; empty while
     * none is.
     *
     * @param workMillis that {@code done} steps took together
     */
    static OptionalLong etaSeconds(long workMillis, int done, int total) {
        if (done <= 0 || total < done) {
            return OptionalLong.empty();
        }
        double millis = (double) workMillis / done * (total - done);
        return OptionalLong.of((long) Math.ceil(millis / 1000));
    }
}
