package dev.snug.server.page;

import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The DevTools protocol (https://chromedevtools.github.io/devtools-protocol/): commands and their
 * answers as JSON over one WebSocket, and events in between.
 */
final class DevTools implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A screenshot is one string. */
    private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 1_000_000, 64, 48 << 20);

    /** Errors of scripts, of loading and of the content security policy. */
    final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<String, @Nullable Object>>> waiting =
            new ConcurrentHashMap<>();
    private final WebSocket socket;

    DevTools(URI address) {
        socket =
                client.newWebSocketBuilder()
                        .connectTimeout(PATIENCE)
                        .buildAsync(address, new Listening())
                        .join();
    }

    /** What a command answers; {@code session} is null for the browser itself. */
    Map<String, @Nullable Object> command(
            String method, Map<String, ?> parameters, @Nullable String session) {
        int id = lastId.incrementAndGet();
        Map<String, @Nullable Object> message = new HashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<Map<String, @Nullable Object>> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        socket.sendText(new String(Json.bytes(message), StandardCharsets.UTF_8), true).join();
        try {
            Map<String, @Nullable Object> answer =
                    reply.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer.get("error") != null) {
                throw new AssertionError(method + ": " + answer.get("error"));
            }
            return object(answer, "result");
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            throw new AssertionError(method + " is not answered", e);
        }
    }

    /** The object under a key. */
    @SuppressWarnings("unchecked") // JSON's objects have strings as keys
    static Map<String, @Nullable Object> object(Map<String, @Nullable Object> from, String key) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(from.get(key), key);
    }

    private void take(Map<String, @Nullable Object> message) {
        if (message.get("id") instanceof Long id) {
            CompletableFuture<Map<String, @Nullable Object>> reply = waiting.remove(id.intValue());
            if (reply != null) {
                reply.complete(message);
            }
            return;
        }
        String method = String.valueOf(message.get("method"));
        if (method.equals("Runtime.exceptionThrown")
                || method.equals("Log.entryAdded")
                || method.equals("Runtime.consoleAPICalled")) {
            complaints.add(String.valueOf(message.get("params")));
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    private final class Listening implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                text.setLength(0);
                take(Json.parseObject(bytes, "DevTools", LIMITS));
            }
            from.request(1);
            return null;
        }
    }
}
