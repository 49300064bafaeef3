package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A client that holds each reply against the document. */
final class Asking implements AutoCloseable {
    private final int port;
    private final OpenApi document;
    private final HttpClient client = HttpClient.newHttpClient();

    Asking(int port) throws IOException {
        this.port = port;
        this.document = OpenApi.shipped();
    }

    /** Sends nothing but a head; {@code path} stands for {@code template}. */
    HttpResponse<byte[]> get(int status, String template, String path) throws Exception {
        return reply(status, template, request(path));
    }

    /** The same without anything to be put into the path. */
    HttpResponse<byte[]> get(int status, String path) throws Exception {
        return get(status, path, path);
    }

    HttpResponse<byte[]> post(int status, String template, String path, String type, String body)
            throws Exception {
        return reply(
                status,
                template,
                request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<byte[]> json(int status, String path, String body) throws Exception {
        return post(status, path, path, "application/json", body);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** What was answered, which is what the document says and has this status. */
    HttpResponse<byte[]> reply(int status, String template, HttpRequest.Builder builder)
            throws Exception {
        HttpRequest request = builder.build();
        HttpResponse<byte[]> reply = client.send(request, BodyHandlers.ofByteArray());
        assertThat(reply.statusCode()).as(text(reply)).isEqualTo(status);
        assertThat(document.errors(request.method(), template, reply))
                .as(request.method() + " " + template + ": " + text(reply))
                .isEmpty();
        return reply;
    }

    static String text(HttpResponse<byte[]> reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
