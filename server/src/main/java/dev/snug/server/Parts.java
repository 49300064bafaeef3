package dev.snug.server;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.measure.Probe;
import dev.snug.server.account.AccountGuard;
import dev.snug.server.account.AccountRoutes;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.ApiTokens;
import dev.snug.server.account.Sessions;
import dev.snug.server.account.SignIn;
import dev.snug.server.account.Throttle;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.api.Classifications;
import dev.snug.server.api.Models;
import dev.snug.server.api.OverlayLinks;
import dev.snug.server.api.Speeches;
import dev.snug.server.cache.AnswerCache;
import dev.snug.server.cache.AnswerStore;
import dev.snug.server.cache.DatabaseAnswers;
import dev.snug.server.cache.RedisAnswers;
import dev.snug.server.http.Access;
import dev.snug.server.http.FrontLimits;
import dev.snug.server.http.FrontSettings;
import dev.snug.server.http.Guard;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.Reply;
import dev.snug.server.http.RequestLog;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.memory.MemoryStatus;
import dev.snug.server.metrics.Metrics;
import dev.snug.server.page.AccountSignIns;
import dev.snug.server.page.PageSettings;
import dev.snug.server.page.Pages;
import dev.snug.server.settings.Exposure;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.store.Database;
import dev.snug.server.upstream.RemoteAnswering;
import dev.snug.server.work.KeptAnswers;
import dev.snug.server.work.LocalAnswering;
import dev.snug.server.work.Sharing;
import dev.snug.server.work.WorkersView;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a server is made of, while it is put together. */
final class Parts {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final ServerSettings settings;
    private final PrintStream log;
    private final Metrics metrics = new Metrics();
    private final SignIn signIn;
    private final Accounts accounts;
    private final ApiTokens tokens;
    private final Guard guard;
    final Answering answering;
    private final MemoryStatus memory;
    private Supplier<Optional<ProviderCard>> provider = Optional::empty;

    Parts(
            ServerSettings settings,
            Server.Folders folders,
            MemoryLimit limit,
            PrintStream log,
            Database database,
            Accounts accounts,
            InstantSource clock) {
        this.settings = settings;
        this.log = log;
        this.accounts = accounts;
        Sessions sessions = new Sessions(database, accounts, clock);
        signIn = new SignIn(accounts, sessions, new Throttle(clock));
        tokens = new ApiTokens(database, accounts, clock);
        guard = new AccountGuard(sessions, tokens, !Exposure.needsSignIn(settings), log::println);
        URI upstream = settings.upstream();
        Supplier<Optional<WorkersView>> workers = Optional::empty;
        if (upstream == null) {
            LocalAnswering local =
                    new LocalAnswering(settings, folders.home(), folders.shipped(), limit.bytes());
            AnswerCache cache =
                    new AnswerCache(
                            answers(database, clock), settings.cacheEntries() > 0, log::println);
            answering = new KeptAnswers(local, cache);
            workers = local::view;
            provider = local::provider;
            prepare(local);
            metrics.gauge("snug_cache_hits", "Answers that were kept.", cache::hits);
            metrics.gauge("snug_cache_misses", "Answers that were not.", cache::misses);
        } else {
            answering =
                    new RemoteAnswering(upstream, settings.upstreamToken(), settings.deadline());
        }
        memory =
                new MemoryStatus(
                        Probe.ofThisMachine(), limit, Sharing.FRONT_BYTES, workers, provider);
        measure(workers);
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

    HttpFront front(RunFolder folder) throws IOException {
        OverlayLinks overlays = new OverlayLinks(folder.folder("overlays"), System::nanoTime);
        Speeches speeches = new Speeches(answering, settings.textChars());
        Pages pages =
                new Pages(
                        answering,
                        overlays,
                        new AccountSignIns(signIn, accounts, tokens),
                        new PageSettings(
                                settings.heatMaps(),
                                settings.textChars(),
                                settings.pictureBytes()));
        List<Route> routes = new ArrayList<>(pages.routes());
        routes.addAll(new AccountRoutes(signIn, accounts, tokens).routes());
        routes.addAll(routes(overlays, speeches));
        FrontSettings at =
                FrontSettings.of(
                                new InetSocketAddress(settings.host(), settings.port()),
                                folder.folder("spool"))
                        .withTrustProxy(settings.trustProxy())
                        .withLimits(
                                // A call waits for others before its own work begins.
                                FrontLimits.DEFAULT.withDeadline(
                                        settings.deadline().multipliedBy(2)));
        return HttpFront.open(
                at,
                routes,
                guard,
                pages::errorPage,
                metrics,
                new RequestLog(log, settings.logJson()));
    }

    private List<Route> routes(OverlayLinks overlays, Speeches speeches) {
        Classifications pictures =
                new Classifications(answering, overlays, settings.pictureBytes());
        Models models = new Models(answering);
        Health health = new Health(answering, metrics, provider);
        Access classify = Access.open(Scope.CLASSIFY);
        Access status = Access.open(Scope.STATUS);
        return List.of(
                Route.post("/v1/classifications", classify, pictures::post),
                Route.get("/v1/overlays/{id}", classify, overlays::get),
                Route.post("/v1/speech", Access.open(Scope.SPEAK), speeches::post),
                Route.get("/v1/models", status, models::list),
                Route.get("/v1/models/{name}/plan", status, models::plan),
                Route.get(
                        "/v1/memory",
                        Access.signedIn(Scope.STATUS),
                        _ -> Reply.json(200, memory.json())),
                Route.get("/metrics", status, health::metrics),
                Route.get("/livez", Access.ANYBODY, health::live),
                Route.get("/readyz", Access.ANYBODY, health::ready));
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
