package dev.snug.server.page;

import dev.snug.runtime.json.Json;
import dev.snug.server.account.AccountGuard;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.ApiTokens;
import dev.snug.server.account.Passwords;
import dev.snug.server.account.Sessions;
import dev.snug.server.account.SignIn;
import dev.snug.server.account.Throttle;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.api.OverlayLinks;
import dev.snug.server.api.Reports;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.FrontSettings;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.Reply;
import dev.snug.server.http.RequestLog;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;
import dev.snug.server.metrics.Metrics;
import dev.snug.server.settings.HeatMaps;
import dev.snug.server.store.Database;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The pages on a port, with an API that gives answers without a model. */
final class PageServer implements AutoCloseable {
    private static final UploadLimits UPLOAD = new UploadLimits("picture", 8 << 20, "image/");

    final FakeAnswering answering = new FakeAnswering();
    final FakeJobs jobs = new FakeJobs();

    /** How often the next classifications are answered with "busy". */
    final AtomicInteger busy = new AtomicInteger();

    /** What came with the pictures: {@code class}, {@code sex} and so on. */
    final List<Map<String, String>> fields =
            java.util.Collections.synchronizedList(new ArrayList<>());

    /** The picture that came last. */
    volatile byte[] lastPicture = {};

    volatile boolean isHeatMapOff;

    /** Where reports lie until they are sent. */
    final Path reportFolder;

    private final Database database = Database.inMemory();
    private final HttpFront front;

    /** The secret of the link that makes the first account; good while there is none. */
    final String firstLink;

    /** With the account {@code an} and the password {@code right password}, or with none. */
    PageServer(Path spool, boolean hasAccount) throws IOException {
        InstantSource clock = InstantSource.system();
        Accounts accounts = new Accounts(database, new Passwords(), clock, null);
        Sessions sessions = new Sessions(database, accounts, clock);
        ApiTokens tokens = new ApiTokens(database, accounts, clock);
        if (hasAccount) {
            accounts.add("an", "right password");
        }
        firstLink = hasAccount ? "" : accounts.offerFirst();
        OverlayLinks overlays =
                new OverlayLinks(Files.createDirectories(spool.resolve("o")), System::nanoTime);
        reportFolder = Files.createDirectories(spool.resolve("reports"));
        Reports reports = new Reports(answering, reportFolder, 8 << 20, clock);
        Pages pages =
                new Pages(
                        answering,
                        overlays,
                        reports,
                        new AccountSignIns(
                                new SignIn(accounts, sessions, new Throttle(clock)),
                                accounts,
                                tokens),
                        new PageSettings(HeatMaps.AUTO, 2000, 8 << 20, 64 << 20));
        List<Route> routes = new ArrayList<>(pages.routes());
        routes.add(Route.post("/v1/classifications", Access.open(Scope.CLASSIFY), this::classify));
        routes.addAll(reports.routes());
        routes.add(Route.get("/v1/overlays/{id}", Access.open(Scope.CLASSIFY), overlays::get));
        routes.add(Route.post("/v1/speech", Access.open(Scope.SPEAK), this::speak));
        routes.add(Route.get("/v1/memory", Access.signedIn(Scope.STATUS), call -> memory()));
        routes.addAll(jobs.routes());
        front =
                HttpFront.open(
                        FrontSettings.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), spool),
                        routes,
                        new AccountGuard(sessions, tokens, true, System.err::println),
                        pages::errorPage,
                        new Metrics(),
                        new RequestLog(
                                new PrintStream(System.err, true, StandardCharsets.UTF_8), false));
    }

    /** The address of a path. */
    String url(String path) {
        return "http://127.0.0.1:" + front.address().getPort() + path;
    }

    private Reply classify(Call call) throws IOException {
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw HttpException.of(503, "busy", "all workers are busy")
                    .retryAfter(Duration.ofSeconds(1));
        }
        boolean isMapWished = call.query("explain").filter("true"::equals).isPresent();
        if (isMapWished && isHeatMapOff) {
            throw HttpException.of(409, "heatmap_off", "heat maps are off");
        }
        try (Upload upload = call.upload(UPLOAD)) {
            fields.add(upload.fields());
            lastPicture = Files.readAllBytes(upload.file());
            boolean isChecked = !call.query("check").filter("false"::equals).isPresent();
            return Reply.json(
                    200,
                    json(
                            answering.classify(
                                    new PictureQuestion(
                                            null,
                                            upload.file(),
                                            upload.sha256(),
                                            isMapWished ? HeatMapForm.LAYER : HeatMapForm.NONE,
                                            null,
                                            upload.fields().get("class"),
                                            "viridis",
                                            null,
                                            null,
                                            null,
                                            isChecked))));
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    private static Map<String, @Nullable Object> json(PictureAnswer answer) {
        List<Object> classes = new ArrayList<>();
        for (PictureAnswer.Score score : answer.scores()) {
            classes.add(
                    Map.of(
                            "id", score.id(),
                            "name", score.name(),
                            "probability", score.probability()));
        }
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("model", answer.model());
        json.put("classes", classes);
        json.put(
                "heatmap",
                answer.heatMap()
                        .map(
                                png ->
                                        Map.of(
                                                "form",
                                                "layer",
                                                "png",
                                                "data:image/png;base64,"
                                                        + Base64.getEncoder().encodeToString(png)))
                        .orElse(null));
        json.put("nothing_stands_out", answer.nothingStandsOut());
        json.put("concerns", answer.concerns().stream().map(concern -> concern.word()).toList());
        json.put("seconds", answer.seconds());
        json.put("kept", answer.isKept());
        return json;
    }

    private Reply speak(Call call) throws IOException {
        Map<String, @Nullable Object> asked = Json.parseObject(call.body(1 << 16), "the question");
        SpeechQuestion question =
                new SpeechQuestion(
                        null,
                        String.valueOf(asked.get("text")),
                        String.valueOf(asked.get("voice")),
                        ((Number) java.util.Objects.requireNonNull(asked.get("speed")))
                                .doubleValue(),
                        null,
                        0,
                        SpeechQuestion.Format.PCM);
        return Reply.stream(
                question.format().type(),
                out ->
                        answering.speak(
                                question,
                                part -> {
                                    try {
                                        byte[] bytes = new byte[part.remaining()];
                                        part.get(bytes);
                                        out.write(bytes);
                                        out.flush();
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                }));
    }

    /** Memory as it might be, after 200 seconds. */
    private static Reply memory() {
        long mib = 1 << 20;
        List<Object> history = new ArrayList<>();
        for (int t = 0; t < 200; t++) {
            long workers = t < 40 ? 0 : (t < 60 ? 60 + 4 * (t - 40) : 118 + (t % 7) * 5);
            history.add(
                    Map.of(
                            "t", t,
                            "front", (54 + t % 5) * mib,
                            "workers", workers * mib,
                            "cgroup", (90 + workers) * mib));
        }
        Map<String, @Nullable Object> worker = new HashMap<>();
        worker.put("kind", "pictures");
        worker.put("pid", 4711);
        worker.put("state", "busy");
        worker.put("model", "sklesion");
        worker.put("budget_bytes", 160 * mib);
        worker.put("rss_bytes", 143 * mib);
        worker.put("anon_bytes", 61 * mib);
        worker.put("file_bytes", 82 * mib);
        worker.put("peak_bytes", null);
        Map<String, @Nullable Object> memory = new HashMap<>();
        memory.put("rss_mb", 201.5);
        memory.put("vms_mb", 2411.0);
        memory.put("limit_bytes", 256 * mib);
        memory.put("limit_from", "--memory");
        memory.put(
                "front",
                Map.of("rss_bytes", 61 * mib, "anon_bytes", 38 * mib, "file_bytes", 23 * mib));
        memory.put("workers", List.of(worker));
        memory.put("total_pss_bytes", 188 * mib);
        memory.put("cgroup", null);
        memory.put("pressure", Map.of("some_avg10", 0.4, "full_avg10", 0.0));
        memory.put("history", history);
        return Reply.json(200, memory);
    }

    @Override
    public void close() {
        front.close();
        database.close();
    }
}
