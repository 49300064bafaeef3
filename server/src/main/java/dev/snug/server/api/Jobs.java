package dev.snug.server.api;

import dev.snug.server.account.Accounts;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.Handler;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.job.Job;
import dev.snug.server.job.JobException;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStore.Accepted;
import dev.snug.server.job.Line;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code /v1/jobs}: long texts and many pictures are left here, and fetched later. */
public final class Jobs {
    /** Most jobs of a list. */
    private static final int LIST_MAX = 1000;

    private static final int LIST_USUAL = 100;

    /** Longest time that a call waits for the end of a job. */
    private static final int WAIT_SECONDS_MAX = 30;

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final JobStore store;
    private final Optional<JobOrders> orders;
    private final JobResults results;

    /**
     * What takes orders in.
     *
     * @param answering has the models
     * @param lines finds them
     * @param scratch private folder for texts on their way to the store
     * @param hasHeatMaps whether heat maps are shown here
     * @param pictureBytes most bytes of a picture
     * @param jobBytes most bytes of a job
     */
    public record Here(
            Answering answering,
            Lines lines,
            Path scratch,
            boolean hasHeatMaps,
            long pictureBytes,
            long jobBytes) {}

    /** Finds where a job waits. */
    @FunctionalInterface
    public interface Lines {
        /**
         * The line of the model that answers.
         *
         * @param named null for the default
         * @throws AnswerException of kind {@code NOT_FOUND} when it is not there
         */
        Line line(Kind kind, @Nullable String named);
    }

    /**
     * The jobs in {@code store}.
     *
     * @param here empty on a server whose models are elsewhere: it takes no jobs
     */
    public Jobs(JobStore store, Optional<Here> here) {
        this.store = store;
        this.orders = here.map(each -> new JobOrders(store, each));
        this.results = new JobResults(store);
    }

    /** All of them. */
    public List<Route> routes() {
        Access access = Access.open(Scope.JOBS);
        return List.of(
                Route.post("/v1/jobs", access, told(this::post)),
                Route.get("/v1/jobs", access, told(this::list)),
                Route.get("/v1/jobs/{id}", access, told(this::get)),
                Route.get("/v1/jobs/{id}/result", access, told(c -> results.of(job(c), c))),
                Route.post("/v1/jobs/{id}/cancel", access, told(this::cancel)),
                Route.post("/v1/jobs/{id}/remove", access, told(this::remove)));
    }

    private Handler told(Handler handler) {
        return call -> {
            if (orders.isEmpty()) {
                throw HttpException.of(
                        501,
                        "jobs_elsewhere",
                        "This server passes questions on and keeps no jobs: ask the one that has"
                                + " the models");
            }
            try {
                return handler.handle(call);
            } catch (JobException e) {
                throw of(e);
            } catch (AnswerException e) {
                throw Statuses.of(e);
            }
        };
    }

    private static HttpException of(JobException refusal) {
        String words = String.valueOf(refusal.getMessage());
        return switch (refusal.kind()) {
            case KEY_REUSED ->
                    HttpException.of(422, "idempotency_key_reused", words).about("Idempotency-Key");
            case FULL -> HttpException.of(429, "too_many_jobs", words).retryAfter(LATER);
            case NO_SPACE -> HttpException.of(507, "disk_full", words);
            case UNAVAILABLE, UNFIT ->
                    HttpException.of(503, "queue_unavailable", words).retryAfter(LATER);
        };
    }

    private Reply post(Call call) throws IOException {
        Accepted accepted = orders.orElseThrow().take(call);
        return Reply.json(accepted.isNew() ? 202 : 200, JobJson.of(accepted.job()))
                .with("Location", JobJson.path(accepted.job()));
    }

    private Reply list(Call call) {
        int most = count(call, "limit", LIST_USUAL, LIST_MAX);
        String account = seesAll(call) ? null : account(call);
        List<Map<String, @Nullable Object>> jobs =
                store.list(account, Math.max(1, most)).stream().map(JobJson::of).toList();
        return Reply.json(200, Map.of("jobs", jobs));
    }

    private Reply get(Call call) throws InterruptedException {
        long seconds = count(call, "wait", 0, WAIT_SECONDS_MAX);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        Job job = job(call);
        while (!job.state().isOver() && System.nanoTime() < end) {
            Thread.sleep(LOOK);
            job = job(call);
        }
        return Reply.json(200, JobJson.of(job));
    }

    private Reply cancel(Call call) {
        store.cancel(job(call).id());
        return Reply.json(200, JobJson.of(job(call)));
    }

    private Reply remove(Call call) {
        Job job = job(call);
        if (!job.state().isOver()) {
            throw HttpException.of(
                    409, "not_over", "This job is " + job.state().word() + ": cancel it first");
        }
        return Reply.json(200, Map.of("removed", store.remove(job.id())));
    }

    private static int count(Call call, String name, int usual, int most) {
        String text = call.query(name).orElse(null);
        if (text == null) {
            return usual;
        }
        try {
            int count = Integer.parseInt(text);
            if (count >= 0 && count <= most) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw badCount(name, most);
        }
        throw badCount(name, most);
    }

    private static HttpException badCount(String name, int most) {
        return HttpException.of(
                        400, "bad_question", "%s is a number from 0 to %d".formatted(name, most))
                .about(name);
    }

    /** The job that the call names, where its caller may see it. */
    private Job job(Call call) {
        return store.find(call.segment("id"))
                .filter(job -> seesAll(call) || job.account().equals(account(call)))
                .orElseThrow(Jobs::notFound);
    }

    static HttpException notFound() {
        return HttpException.of(
                404,
                "job_not_found",
                "There is no such job here; those that are over are forgotten");
    }

    /** Who asks; empty where nobody needs to be known. */
    static String account(Call call) {
        return Objects.requireNonNullElse(call.caller().account(), "");
    }

    /**
     * The account that the environment names looks after the others', unless its token may less.
     */
    private static boolean seesAll(Call call) {
        return Accounts.ADMIN.equals(call.caller().account())
                && call.caller().scopes().contains(Scope.ADMIN);
    }
}
