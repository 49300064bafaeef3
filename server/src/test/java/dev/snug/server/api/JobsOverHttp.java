package dev.snug.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.http.Caller;
import dev.snug.server.http.ErrorPages;
import dev.snug.server.http.FrontSettings;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.RequestLog;
import dev.snug.server.http.Scope;
import dev.snug.server.job.Line;
import dev.snug.server.job.embedded.EmbeddedJobs;
import dev.snug.server.metrics.Metrics;
import dev.snug.server.store.Database;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Jobs over a real front and store, for tests of what clients see. */
abstract class JobsOverHttp {
    static final Line PICTURES = new Line(Kind.PICTURES, "skin", "00");
    static final Line SPEECH = new Line(Kind.SPEECH, "small", "00");

    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    Database database;
    EmbeddedJobs store;
    HttpFront front;

    @BeforeEach
    void open() throws Exception {
        database = Database.at(folder);
        store = new EmbeddedJobs(folder, database, 3, InstantSource.system());
        front = front(Optional.of(here()));
    }

    @AfterEach
    void close() {
        client.close();
        front.close();
        store.close();
        database.close();
    }

    /** Who asks is whom the header X-Who names. */
    HttpFront front(Optional<Jobs.Here> here) throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return HttpFront.open(
                FrontSettings.of(any, folder.resolve("spool")),
                new Jobs(store, here).routes(),
                (call, access) ->
                        call.header("X-Who")
                                .map(name -> new Caller(name, Set.of(Scope.values()), null))
                                .orElse(Caller.NOBODY),
                ErrorPages.NONE,
                new Metrics(),
                new RequestLog(nowhere, false));
    }

    Jobs.Here here() {
        Jobs.Lines lines =
                (kind, named) -> {
                    Line line = kind == Kind.PICTURES ? PICTURES : SPEECH;
                    if (named != null && !named.equals(line.model())) {
                        throw new AnswerException(AnswerException.Kind.NOT_FOUND, "no " + named);
                    }
                    return line;
                };
        return new Jobs.Here(answering(), lines, folder, true, 1000, 5000);
    }

    /** Knows its models and nothing else. */
    static Answering answering() {
        List<ModelCard.Named> classes = List.of(new ModelCard.Named("mel", "Melanoma"));
        List<ModelCard> cards =
                List.of(
                        new ModelCard(
                                "skin",
                                Kind.PICTURES,
                                true,
                                "",
                                1,
                                classes,
                                List.of(),
                                List.of(),
                                true,
                                0),
                        new ModelCard(
                                "small",
                                Kind.SPEECH,
                                true,
                                "",
                                1,
                                List.of(),
                                List.of(),
                                List.of("Lan"),
                                false,
                                0));
        return (Answering)
                Proxy.newProxyInstance(
                        Answering.class.getClassLoader(),
                        new Class<?>[] {Answering.class},
                        (_, method, _) -> method.getName().equals("models") ? cards : null);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + front.address().getPort() + path));
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, String type, String text) throws Exception {
        return send(request(path).header("Content-Type", type).POST(body(text)).build());
    }

    HttpResponse<String> keyed(String key, String json) throws Exception {
        return send(
                request("/v1/jobs")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(body(json))
                        .build());
    }

    /** Parts are {@code field|file name|content}. */
    HttpResponse<String> form(String... parts) throws Exception {
        StringBuilder form = new StringBuilder();
        for (String part : parts) {
            String[] each = part.split("\\|", 3);
            String file = each[1].isEmpty() ? "" : "; filename=\"" + each[1] + "\"";
            form.append("--BB\r\nContent-Disposition: form-data; name=\"%s\"".formatted(each[0]))
                    .append(file + "\r\n\r\n" + each[2] + "\r\n");
        }
        return post(
                "/v1/jobs",
                "multipart/form-data; boundary=BB",
                form.append("--BB--\r\n").toString());
    }

    static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    static Map<String, @Nullable Object> json(HttpResponse<String> response) {
        return Json.parseObject(response.body().getBytes(StandardCharsets.UTF_8), "the answer");
    }

    static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\" : \"" + code + "\"");
    }
}
