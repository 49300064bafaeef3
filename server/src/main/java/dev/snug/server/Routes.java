package dev.snug.server;

import dev.snug.server.account.AccountRoutes;
import dev.snug.server.api.ApiDocument;
import dev.snug.server.api.Classifications;
import dev.snug.server.api.Jobs;
import dev.snug.server.api.Models;
import dev.snug.server.api.OverlayLinks;
import dev.snug.server.api.Reports;
import dev.snug.server.api.Speeches;
import dev.snug.server.http.Access;
import dev.snug.server.http.FrontLimits;
import dev.snug.server.http.FrontSettings;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.Reply;
import dev.snug.server.http.RequestLog;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.inference.InferenceErrors;
import dev.snug.server.inference.InferenceRoutes;
import dev.snug.server.inference.InferenceSettings;
import dev.snug.server.openai.OpenAiRoutes;
import dev.snug.server.page.AccountSignIns;
import dev.snug.server.page.PageSettings;
import dev.snug.server.page.Pages;
import dev.snug.server.settings.HeatMaps;
import dev.snug.server.settings.ServerSettings;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that a server answers, over its parts. */
final class Routes {
    private final Parts parts;
    private final ServerSettings settings;
    private final RunFolder folder;
    private final OverlayLinks overlays;
    private final Reports reports;

    Routes(Parts parts, RunFolder folder) throws IOException {
        this.parts = parts;
        this.settings = parts.settings;
        this.folder = folder;
        this.overlays = new OverlayLinks(folder.folder("overlays"), System::nanoTime);
        this.reports =
                new Reports(
                        parts.answering,
                        folder.folder("reports"),
                        settings.pictureBytes(),
                        parts.clock);
    }

    /** Opens the front; it answers when this returns. */
    HttpFront open() throws IOException {
        Pages pages =
                new Pages(
                        parts.answering,
                        overlays,
                        reports,
                        new AccountSignIns(parts.signIn, parts.accounts, parts.tokens),
                        new PageSettings(
                                settings.heatMaps(),
                                settings.textChars(),
                                settings.pictureBytes(),
                                takesJobs() ? settings.jobs().bytes() : 0));
        List<Route> routes = new ArrayList<>(pages.routes());
        routes.addAll(api());
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
                parts.guard,
                new InferenceErrors(pages::errorPage),
                parts.metrics,
                new RequestLog(parts.log, settings.logJson()));
    }

    /** Everything but the pages: what openapi.json describes. */
    List<Route> api() throws IOException {
        Speeches speeches = new Speeches(parts.answering, settings.textChars());
        List<Route> routes = new ArrayList<>(answers(speeches));
        routes.addAll(state());
        routes.addAll(new AccountRoutes(parts.signIn, parts.accounts, parts.tokens).routes());
        routes.addAll(inference().routes());
        routes.addAll(
                new OpenAiRoutes(parts.answering, parts.voices, speeches, settings.textChars())
                        .routes());
        routes.addAll(reports.routes());
        routes.addAll(jobs(folder.folder("jobs")).routes());
        return routes;
    }

    /** Another Snug's jobs are left there. */
    private boolean takesJobs() {
        return settings.upstream() == null && settings.jobs().count() > 0;
    }

    private InferenceRoutes inference() throws IOException {
        Health health = new Health(parts.answering, parts.metrics, parts.provider);
        return new InferenceRoutes(
                parts.answering,
                parts.local,
                health::ready,
                new InferenceSettings(
                        folder.folder("inference"),
                        settings.pictureBytes(),
                        settings.textChars(),
                        settings.heatMaps() != HeatMaps.OFF));
    }

    private Jobs jobs(Path scratch) {
        return new Jobs(
                parts.jobs.store(),
                parts.lines.map(
                        each ->
                                new Jobs.Here(
                                        parts.answering,
                                        each,
                                        scratch,
                                        settings.heatMaps() != HeatMaps.OFF,
                                        settings.pictureBytes(),
                                        settings.jobs().bytes())));
    }

    private List<Route> answers(Speeches speeches) {
        Classifications pictures =
                new Classifications(parts.answering, overlays, settings.pictureBytes());
        Access classify = Access.open(Scope.CLASSIFY);
        return List.of(
                Route.post("/v1/classifications", classify, pictures::post),
                Route.get("/v1/overlays/{id}", classify, overlays::get),
                Route.post("/v1/speech", Access.open(Scope.SPEAK), speeches::post));
    }

    private List<Route> state() throws IOException {
        Models models = new Models(parts.answering);
        Health health = new Health(parts.answering, parts.metrics, parts.provider);
        Access status = Access.open(Scope.STATUS);
        return List.of(
                Route.get("/v1/models", status, models::list),
                Route.get("/v1/models/{name}/plan", status, models::plan),
                Route.get(
                        "/v1/memory",
                        Access.signedIn(Scope.STATUS),
                        _ -> Reply.json(200, parts.memory.json())),
                Route.get("/metrics", status, health::metrics),
                Route.get("/livez", Access.ANYBODY, health::live),
                Route.get("/readyz", Access.ANYBODY, health::ready),
                Route.get("/openapi.json", Access.ANYBODY, new ApiDocument()::get));
    }
}
