package dev.snug.bench.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One client with one connection that it keeps, asking one thing at a time. */
final class Client implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    Client(URI server) {
        this.server = server;
    }

    /** A picture with its heat map, as a layer in the answer. */
    Answer picture(byte[] jpeg) throws InterruptedException {
        return asked(
                request("/v1/classifications?explain=true&heatmap=layer")
                        .header("Content-Type", "image/jpeg")
                        .POST(BodyPublishers.ofByteArray(jpeg))
                        .build());
    }

    /** A text, as a WAV file. */
    Answer speech(String text) throws InterruptedException {
        String json = "{\"text\":\"" + text + "\"}";
        return asked(
                request("/v1/speech")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json.getBytes(StandardCharsets.UTF_8)))
                        .build());
    }

    /** One value of {@code /metrics}; a missing one is an error. */
    double metric(String name) throws InterruptedException {
        Answer answer = asked(request("/metrics").GET().build());
        return new String(answer.body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/metrics has no " + name));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(TIMEOUT);
    }

    private Answer asked(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body(), System.nanoTime());
        } catch (IOException e) {
            System.err.println("bench: a request broke: " + e);
            return new Answer(0, new byte[0], System.nanoTime());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
