package dev.snug.server.page;

import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless browser with one tab, driven through the DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/). What the page complains of is kept.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    /** A screenshot is one string. */
    private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 1_000_000, 64, 48 << 20);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Process process;
    private final Path profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final String session;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<String, @Nullable Object>>> waiting =
            new ConcurrentHashMap<>();

    /** Errors of scripts, of loading and of the content security policy. */
    final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    Chromium() throws IOException, InterruptedException {
        String binary =
                PLACES.stream()
                        .filter(place -> Files.isExecutable(Path.of(place)))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "these tests need Chromium and found none at "
                                                        + PLACES
                                                        + "; Debian: apt-get install chromium"));
        profile = Files.createTempDirectory("snug-chromium-");
        process =
                new ProcessBuilder(
                                binary,
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--mute-audio",
                                "--autoplay-policy=no-user-gesture-required",
                                "--lang=en",
                                "--accept-lang=en",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolve("log").toFile())
                        .start();
        socket =
                client.newWebSocketBuilder()
                        .connectTimeout(PATIENCE)
                        .buildAsync(address(), new Listening())
                        .join();
        String target =
                (String) send("Target.createTarget", Map.of("url", "about:blank")).get("targetId");
        session =
                (String)
                        java.util.Objects.requireNonNull(
                                send(
                                                "Target.attachToTarget",
                                                Map.of("targetId", target, "flatten", true))
                                        .get("sessionId"));
        for (String domain : List.of("Page", "Runtime", "Log", "DOM", "Network")) {
            tab(domain + ".enable", Map.of());
        }
    }

    /** Where it listens: it says so in a file once it does. */
    private URI address() throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() == 2) {
                return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException(
                "Chromium does not start: " + Files.readString(profile.resolve("log")));
    }

    /** Opens a page and waits until it and its scripts are loaded. */
    void open(String url) {
        tab("Page.navigate", Map.of("url", url));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** The value of an expression; a promise is waited for. */
    @Nullable Object evaluate(String expression) {
        Map<String, @Nullable Object> reply =
                tab(
                        "Runtime.evaluate",
                        Map.of(
                                "expression", expression,
                                "awaitPromise", true,
                                "returnByValue", true,
                                "userGesture", true));
        if (reply.get("exceptionDetails") != null) {
            throw new AssertionError(expression + ": " + reply.get("exceptionDetails"));
        }
        return object(reply, "result").get("value");
    }

    /** Text of the first element that fits. */
    String text(String selector) {
        return String.valueOf(
                evaluate("document.querySelector(" + quoted(selector) + ")?.textContent"));
    }

    /** Waits until an expression is true. */
    void await(String expression) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        AssertionError lastFailure = null;
        while (System.nanoTime() < end) {
            try {
                if (Boolean.TRUE.equals(evaluate("!!(" + expression + ")"))) {
                    return;
                }
                Thread.sleep(25);
            } catch (AssertionError e) {
                lastFailure = e; // the page is being replaced, as a rule
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError(
                expression
                        + " did not become true; complaints: "
                        + complaints
                        + "; page: "
                        + evaluate("document.body.innerText.slice(0, 1500)"),
                lastFailure);
    }

    /** Clicks. */
    void click(String selector) {
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Chooses files in a file input. */
    void choose(String selector, Path... files) {
        Map<String, @Nullable Object> root = object(tab("DOM.getDocument", Map.of()), "root");
        Object node =
                tab("DOM.querySelector", Map.of("nodeId", root.get("nodeId"), "selector", selector))
                        .get("nodeId");
        List<String> names = Stream.of(files).map(Path::toString).toList();
        tab("DOM.setFileInputFiles", Map.of("nodeId", node, "files", names));
    }

    /** Makes the window as wide as this. */
    void width(int pixels) {
        tab(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        pixels,
                        "height",
                        900,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        pixels < 600));
    }

    /** Whether scripts run, from the next page on. */
    void scripts(boolean areOn) {
        tab("Emulation.setScriptExecutionDisabled", Map.of("value", !areOn));
    }

    /** Sets what a style sheet asks for, such as {@code prefers-color-scheme}, or the medium. */
    void medium(String medium, String feature, String value) {
        tab(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        medium,
                        "features",
                        List.of(Map.of("name", feature, "value", value))));
    }

    /** Writes the whole page as a picture. */
    void screenshot(Path file) throws IOException {
        Map<String, @Nullable Object> reply =
                tab(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        Files.write(file, Base64.getDecoder().decode((String) reply.get("data")));
    }

    /** A command to the tab. */
    Map<String, @Nullable Object> tab(String method, Map<String, ?> parameters) {
        return command(method, parameters, session);
    }

    private Map<String, @Nullable Object> send(String method, Map<String, ?> parameters) {
        return command(method, parameters, null);
    }

    private Map<String, @Nullable Object> command(
            String method, Map<String, ?> parameters, @Nullable String inSession) {
        int id = lastId.incrementAndGet();
        Map<String, @Nullable Object> message = new java.util.HashMap<>();
        message.put("id", id);
        message.put("method", method);
        message.put("params", parameters);
        if (inSession != null) {
            message.put("sessionId", inSession);
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
        } catch (TimeoutException
                | java.util.concurrent.ExecutionException
                | InterruptedException e) {
            throw new AssertionError(method + " is not answered", e);
        }
    }

    @SuppressWarnings("unchecked") // JSON's objects have strings as keys
    static Map<String, @Nullable Object> object(Map<String, @Nullable Object> from, String key) {
        return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(from.get(key), key);
    }

    /** A string of JavaScript. */
    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
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
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            client.close();
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
