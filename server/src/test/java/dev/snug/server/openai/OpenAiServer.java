package dev.snug.server.openai;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.api.Models;
import dev.snug.server.api.Speeches;
import dev.snug.server.http.Access;
import dev.snug.server.http.Caller;
import dev.snug.server.http.ErrorPages;
import dev.snug.server.http.FrontSettings;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.RequestLog;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.metrics.Metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The routes on a port, open to anybody, and a client of them. */
final class OpenAiServer implements AutoCloseable {
    /** Less than OpenAI's, so that both limits can be met. */
    static final int TEXT_CHARS = 5000;

    private final HttpFront front;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    OpenAiServer(Path folder, Answering answering, VoiceKeeping keeping) throws IOException {
        this(folder, answering, keeping, TEXT_CHARS);
    }

    OpenAiServer(Path folder, Answering answering, VoiceKeeping keeping, int textChars)
            throws IOException {
        Speeches speeches = new Speeches(answering, textChars);
        List<Route> routes =
                new ArrayList<>(new OpenAiRoutes(answering, keeping, speeches, textChars).routes());
        Models models = new Models(answering);
        routes.add(Route.get("/v1/models", Access.open(Scope.STATUS), models::list));
        front =
                HttpFront.open(
                        FrontSettings.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                folder.resolve("spool")),
                        routes,
                        (call, access) -> Caller.NOBODY,
                        ErrorPages.NONE,
                        new Metrics(),
                        new RequestLog(
                                new PrintStream(
                                        new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                                false));
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + front.address().getPort() + path);
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpResponse<byte[]> post(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return send(
                request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> speech(String json) throws IOException, InterruptedException {
        return post("/v1/audio/speech", "application/json", utf8(json));
    }

    /** The answer is read while it is made. */
    HttpResponse<InputStream> stream(String json) throws IOException, InterruptedException {
        return client.send(
                request("/v1/audio/speech").POST(BodyPublishers.ofByteArray(utf8(json))).build(),
                BodyHandlers.ofInputStream());
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url(path)).timeout(Duration.ofSeconds(30));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Fields json(HttpResponse<byte[]> answer) {
        return new Fields(Json.parseObject(answer.body(), "the answer"), "the answer");
    }

    /** The objects of a list. */
    static List<Fields> list(Fields json, String key) {
        return Objects.requireNonNull(json.values(key, 100)).stream()
                .map(each -> new Fields((Map<?, ?>) each, key))
                .toList();
    }

    /** Status, code and parameter of an error, with spaces between. */
    static String error(HttpResponse<byte[]> answer) {
        Fields error = new Fields(json(answer).tree("error"), "the error");
        return "%d %s %s %s"
                .formatted(
                        answer.statusCode(),
                        error.text("type"),
                        error.text("code"),
                        error.textOrNull("param"));
    }

    @Override
    public void close() {
        front.close();
    }
}
