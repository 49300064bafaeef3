package dev.snug.server;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.measure.Probe;
import dev.snug.server.account.AccountGuard;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.ApiTokens;
import dev.snug.server.account.Sessions;
import dev.snug.server.account.SignIn;
import dev.snug.server.account.Throttle;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.LocalModels;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.api.Jobs;
import dev.snug.server.cache.AnswerCache;
import dev.snug.server.cache.AnswerStore;
import dev.snug.server.cache.DatabaseAnswers;
import dev.snug.server.cache.RedisAnswers;
import dev.snug.server.http.Guard;
import dev.snug.server.job.JobQuestions;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.run.JobMeter;
import dev.snug.server.job.run.JobRunner;
import dev.snug.server.job.run.JobStores;
import dev.snug.server.job.run.LocalWorkplace;
import dev.snug.server.memory.MemoryStatus;
import dev.snug.server.metrics.Metrics;
import dev.snug.server.settings.Exposure;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.store.Database;
import dev.snug.server.upstream.RemoteAnswering;
import dev.snug.server.work.KeptAnswers;
import dev.snug.server.work.LocalAnswering;
import dev.snug.server.work.Sharing;
import dev.snug.server.work.WorkersView;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What a server is made of, while it is put together. */
final class Parts {
    private static final Duration LOOK = Duration.ofSeconds(5);

    final ServerSettings settings;
    final PrintStream log;
    final InstantSource clock;
    final Metrics metrics = new Metrics();
    final SignIn signIn;
    final Accounts accounts;
    final ApiTokens tokens;
    final Guard guard;
    final Answering answering;
    final VoiceKeeping voices;
    final LongWork jobs;
    final MemoryStatus memory;
    final @Nullable LocalModels local;
    final Supplier<Optional<ProviderCard>> provider;
    final Optional<Jobs.Lines> lines;

    Parts(
            ServerSettings settings,
            Server.Folders folders,
            MemoryLimit limit,
            PrintStream log,
            Database database,
            Accounts accounts,
            RunFolder folder,
            InstantSource clock)
            throws IOException {
        this.settings = settings;
        this.log = log;
        this.clock = clock;
        this.accounts = accounts;
        Sessions sessions = new Sessions(database, accounts, clock);
        signIn = new SignIn(accounts, sessions, new Throttle(clock));
        tokens = new ApiTokens(database, accounts, clock);
        guard = new AccountGuard(sessions, tokens, !Exposure.needsSignIn(settings), log::println);
        JobStore store =
                JobStores.open(settings, database, folder.folder("taken"), clock, log::println);
        URI upstream = settings.upstream();
        Supplier<Optional<WorkersView>> workers = Optional::empty;
        if (upstream == null) {
            LocalAnswering workersHere =
                    new LocalAnswering(settings, folders.home(), folders.shipped(), limit.bytes());
            AnswerCache cache =
                    new AnswerCache(
                            answers(database, clock), settings.cacheEntries() > 0, log::println);
            answering = new KeptAnswers(workersHere, cache);
            local = workersHere;
            voices = workersHere.voices();
            workers = workersHere::view;
            provider = workersHere::provider;
            jobs = new LongWork(store, Optional.of(runner(store, workersHere)));
            lines = Optional.of(workersHere::line);
            prepare(workersHere);
            metrics.gauge("snug_cache_hits", "Answers that were kept.", cache::hits);
            metrics.gauge("snug_cache_misses", "Answers that were not.", cache::misses);
        } else {
            RemoteAnswering remote =
                    new RemoteAnswering(upstream, settings.upstreamToken(), settings.deadline());
            answering = remote;
            voices = remote.voices();
            jobs = new LongWork(store, Optional.empty());
            local = null;
            provider = Optional::empty;
            lines = Optional.empty();
        }
        memory =
                new MemoryStatus(
                        Probe.ofThisMachine(), limit, Sharing.FRONT_BYTES, workers, provider);
        measure(workers);
    }

    private JobRunner runner(JobStore store, LocalAnswering local) {
        return new JobRunner(
                store,
                new LocalWorkplace(answering, local),
                JobQuestions::read,
                new JobMeter(metrics, store),
                settings.jobs().ttl(),
                log::println);
    }

    /** Shared where there is a database for it. */
    private AnswerStore answers(Database database, InstantSource clock) {
        URI redis = settings.jobs().redis();
        int entries = settings.cacheEntries();
        Duration ttl = settings.cacheTtl();
        return redis == null
                ? new DatabaseAnswers(database, entries, ttl, clock)
                : new RedisAnswers(redis, settings.jobs().redisPassword(), entries, ttl, clock);
    }

    /** Beside the start: who asks at once waits for the rest of it. */
    private static void prepare(LocalAnswering local) {
        Thread.ofVirtual()
                .name("survey")
                .start(
                        () -> {
                            try {
                                local.prepare();
                                // Starting leaves more garbage than serving pages does in hours.
                                System.gc();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private void measure(Supplier<Optional<WorkersView>> workers) {
        metrics.gauge(
                "snug_workers",
                "Worker processes that live.",
                () -> workers.get().map(view -> view.workers().size()).orElse(0));
        metrics.gauge(
                "snug_worker_starts",
                "Worker processes started so far.",
                () -> workers.get().map(WorkersView::starts).orElse(0L));
        metrics.gauge(
                "snug_waiting_requests",
                "Requests without a worker.",
                () -> workers.get().map(WorkersView::waiting).orElse(0));
        metrics.gauge(
                "snug_memory_bytes",
                "Proportional set size of front and workers.",
                memory::totalBytes);
        metrics.gauge("snug_memory_limit_bytes", "Limit of front and workers.", memory::limitBytes);
    }

    /** Looks at memory now and then, so that who opens the page sees what was before. */
    Thread looking() {
        return Thread.ofVirtual()
                .name("memory")
                .start(
                        () -> {
                            try {
                                while (true) {
                                    memory.look();
                                    Thread.sleep(LOOK);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
