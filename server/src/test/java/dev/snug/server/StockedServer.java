package dev.snug.server;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.api.Classifications;
import dev.snug.server.api.Jobs;
import dev.snug.server.api.Models;
import dev.snug.server.api.OverlayLinks;
import dev.snug.server.api.Reports;
import dev.snug.server.api.Speeches;
import dev.snug.server.http.Access;
import dev.snug.server.http.Caller;
import dev.snug.server.http.ErrorPages;
import dev.snug.server.http.FrontSettings;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.Reply;
import dev.snug.server.http.RequestLog;
import dev.snug.server.http.Route;
import dev.snug.server.inference.InferenceErrors;
import dev.snug.server.inference.InferenceRoutes;
import dev.snug.server.inference.InferenceSettings;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Line;
import dev.snug.server.job.embedded.EmbeddedJobs;
import dev.snug.server.metrics.Metrics;
import dev.snug.server.openai.OpenAiRoutes;
import dev.snug.server.store.Database;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The routes that need a model, over {@link Stocked}, on a port that is open to anybody. */
final class StockedServer implements AutoCloseable {
    private static final int PICTURE_BYTES = 1000;
    private static final int TEXT_CHARS = 5000;

    /** Most jobs that are not over. */
    private static final int JOBS = 3;

    /** Where jobs for the speech model wait. */
    static final Line SPEECH = new Line(Kind.SPEECH, Stocked.SPEAKER, "00");

    /** Where jobs for the model for pictures wait. */
    static final Line PICTURES = new Line(Kind.PICTURES, Stocked.SKIN, "00");

    final Stocked stocked = new Stocked();
    final JobStore jobs;
    private final Database database;
    final Asking asking;
    private final HttpFront front;

    StockedServer(Path folder) throws IOException {
        database = Database.at(folder);
        jobs = new EmbeddedJobs(folder, database, JOBS, InstantSource.system());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        front =
                HttpFront.open(
                        FrontSettings.of(any, folder.resolve("spool")),
                        routes(folder),
                        (_, _) -> Caller.NOBODY,
                        new InferenceErrors(ErrorPages.NONE),
                        new Metrics(),
                        new RequestLog(new PrintStream(OutputStream.nullOutputStream()), false));
        asking = new Asking(front.address().getPort());
    }

    private List<Route> routes(Path folder) throws IOException {
        Speeches speeches = new Speeches(stocked, TEXT_CHARS);
        OverlayLinks overlays = new OverlayLinks(sub(folder, "overlays"), System::nanoTime);
        Models models = new Models(stocked);
        Access anybody = Access.ANYBODY;
        List<Route> routes = new ArrayList<>();
        routes.add(
                Route.post(
                        "/v1/classifications",
                        anybody,
                        new Classifications(stocked, overlays, PICTURE_BYTES)::post));
        routes.add(Route.get("/v1/overlays/{id}", anybody, overlays::get));
        routes.add(Route.post("/v1/speech", anybody, speeches::post));
        routes.add(Route.get("/v1/models", anybody, models::list));
        routes.add(Route.get("/v1/models/{name}/plan", anybody, models::plan));
        routes.addAll(
                new Reports(stocked, sub(folder, "reports"), PICTURE_BYTES, InstantSource.system())
                        .routes());
        routes.addAll(new OpenAiRoutes(stocked, stocked, speeches, TEXT_CHARS).routes());
        routes.addAll(
                new InferenceRoutes(
                                stocked,
                                stocked,
                                _ -> Reply.text(200, "ready\n"),
                                new InferenceSettings(
                                        sub(folder, "inference"), PICTURE_BYTES, TEXT_CHARS, true))
                        .routes());
        Jobs.Here here =
                new Jobs.Here(
                        stocked,
                        (kind, _) -> kind == Kind.SPEECH ? SPEECH : PICTURES,
                        sub(folder, "scratch"),
                        true,
                        PICTURE_BYTES,
                        PICTURE_BYTES);
        routes.addAll(new Jobs(jobs, Optional.of(here)).routes());
        return routes;
    }

    private static Path sub(Path folder, String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Override
    public void close() {
        front.close();
        asking.close();
        jobs.close();
        database.close();
    }
}
