package dev.snug.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.server.answer.LocalModels;
import dev.snug.server.http.Caller;
import dev.snug.server.http.ErrorPages;
import dev.snug.server.http.FrontSettings;
import dev.snug.server.http.Guard;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.Reply;
import dev.snug.server.http.RequestLog;
import dev.snug.server.metrics.Metrics;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The protocol's routes on a port of loopback, over fake models, and a client of them. */
final class InferenceServer implements AutoCloseable {
    static final int PICTURE_BYTES_MAX = 100_000;
    static final int TEXT_CHARS_MAX = 200;

    private static final JsonLimits LIMITS = new JsonLimits(16 << 20, 1_000_000, 16, 1 << 20);

    final FakeModels models = new FakeModels();
    private final Path kept;
    private final HttpFront front;
    private final HttpClient client = HttpClient.newHttpClient();

    InferenceServer(Path folder) throws IOException {
        this(folder, true, (_, _) -> Caller.NOBODY);
    }

    /** With models of another machine where they are not {@code here}. */
    InferenceServer(Path folder, boolean here, Guard guard) throws IOException {
        kept = Files.createDirectories(folder.resolve("inference"));
        LocalModels local = here ? models : null;
        InferenceRoutes routes =
                new InferenceRoutes(
                        models,
                        local,
                        _ -> Reply.text(200, "ready\n"),
                        new InferenceSettings(kept, PICTURE_BYTES_MAX, TEXT_CHARS_MAX, true));
        front =
                HttpFront.open(
                        FrontSettings.of(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                folder.resolve("spool")),
                        routes.routes(),
                        guard,
                        new InferenceErrors(ErrorPages.NONE),
                        new Metrics(),
                        new RequestLog(new PrintStream(OutputStream.nullOutputStream()), false));
    }

    /** What was said, whole. */
    @SuppressWarnings("ArrayRecordComponent") // read once, by tests alone
    record Answer(int status, byte[] body, String jsonLength) {
        Answer status(int expected) {
            assertThat(status).as(text()).isEqualTo(expected);
            return this;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The JSON, with or without binary data behind it. */
        byte[] json() {
            return jsonLength.isEmpty()
                    ? body
                    : java.util.Arrays.copyOf(body, Integer.parseInt(jsonLength));
        }

        Map<String, @Nullable Object> tree() {
            return Json.parseObject(json(), "an answer", LIMITS);
        }

        /** The words of an error, which is nothing else. */
        String error() {
            return Fields.read(tree(), "an error", json -> json.text("error"));
        }

        /** An output by its name. */
        Map<?, ?> output(String name) {
            return ((List<?>) java.util.Objects.requireNonNull(tree().get("outputs")))
                    .stream()
                            .map(each -> (Map<?, ?>) java.util.Objects.requireNonNull(each))
                            .filter(each -> name.equals(each.get("name")))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("no " + name + " in " + text()));
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    /** A request with binary data behind the JSON. */
    Answer post(String path, String json, byte[] behind) throws IOException, InterruptedException {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        return send(
                request(path)
                        .header(InferenceReply.LENGTH, Integer.toString(head.length))
                        .POST(BodyPublishers.ofByteArrays(List.of(head, behind))));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + front.address().getPort() + path));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                response.body(),
                response.headers().firstValue(InferenceReply.LENGTH).orElse(""));
    }

    /** What lies on the disk for requests now. */
    List<Path> left() throws IOException {
        try (var files = Files.list(kept)) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        front.close();
        client.close();
    }
}
