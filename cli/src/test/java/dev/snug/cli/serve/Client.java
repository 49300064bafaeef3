package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program that asks a server over HTTP; with a header, also one that is known there. */
record Client(int port, HttpClient http, Map<String, String> headers) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    Client(int port) {
        this(port, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), Map.of());
    }

    /** What was said, whole. */
    @SuppressWarnings("ArrayRecordComponent") // read once, by tests alone
    record Answer(int status, byte[] body, Map<String, List<String>> headers) {
        /** This, when it has the status {@code expected}. */
        Answer status(int expected) {
            assertThat(status).as(text()).isEqualTo(expected);
            return this;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Fields json() {
            return new Fields(Json.parseObject(body, "an answer"), "an answer");
        }

        /** The error's code. */
        String code() {
            return new Fields(json().tree("error"), "an error").text("code");
        }

        /** Probabilities by class, in their order. */
        Map<String, Double> probabilities() {
            return probabilitiesOf(json());
        }

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** Probabilities by class, in the order in which {@code answer} has them. */
    static Map<String, Double> probabilitiesOf(Fields answer) {
        Map<String, Double> found = new LinkedHashMap<>();
        answer.list("classes", 100, Client::score)
                .forEach(each -> found.put(each.getKey(), each.getValue()));
        assertThat(found).isNotEmpty();
        return found;
    }

    private static Map.Entry<String, Double> score(Fields each) {
        String label = each.text("id") + " " + each.text("name");
        return Map.entry(label, each.number("probability"));
    }

    /** The same with one more header in each call. */
    Client with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Client(port, http, more);
    }

    /** The same, known by a token. */
    Client bearing(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer post(String path, String type, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    Answer post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(
                request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    /** Classifies a picture; {@code query} begins with a question mark, or is empty. */
    Answer classify(Path picture, String query) throws IOException, InterruptedException {
        return classify(Files.readAllBytes(picture), query);
    }

    /** Classifies what may be a picture. */
    Answer classify(byte[] picture, String query) throws IOException, InterruptedException {
        return upload("/v1/classifications" + query, picture);
    }

    /** Sends what may be a picture to {@code path}, whose query may say more. */
    Answer upload(String path, byte[] picture) throws IOException, InterruptedException {
        return post(path, "image/png", picture);
    }

    /** Speaks, and waits for all of it. */
    Answer speak(String text) throws IOException, InterruptedException {
        return send(speech(text));
    }

    /** Speaks; the sound is read while it is made. */
    HttpResponse<InputStream> stream(String text) throws IOException, InterruptedException {
        return http.send(speech(text).build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder speech(String text) {
        return request("/v1/speech")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(question(text)));
    }

    private static byte[] question(String text) {
        return Json.bytes(Map.of("text", text));
    }

    /** A connection on which a question was asked, byte by byte; whoever has it may leave. */
    Socket asking(String text) throws IOException {
        byte[] body = question(text);
        return sent("POST /v1/speech", "application/json", body.length, body);
    }

    /** A connection on which a body was sent that announces {@code length} bytes. */
    Socket sent(String what, String type, long length, byte[] body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        String head =
                "%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(what, port, type, length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
        return socket;
    }

    /** The value of a metric by its name and labels; {@code missing} where it is not told yet. */
    double metric(String name, double missing) throws IOException, InterruptedException {
        return get("/metrics")
                .status(200)
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(missing);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(PATIENCE);
        headers.forEach(request::header);
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.body(), response.headers().map());
    }
}
