package dev.snug.server.page;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser with one tab. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final long LOOK_MILLIS = 25;

    private final Process process;
    private final Path profile;
    private final DevTools tools;
    private final String session;

    Chromium() throws IOException, InterruptedException {
        profile = Files.createTempDirectory("snug-chromium-");
        process =
                new ProcessBuilder(
                                binary().toString(),
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
        tools = new DevTools(address());
        Object target =
                tools.command("Target.createTarget", Map.of("url", "about:blank"), null)
                        .get("targetId");
        Map<String, Object> attach =
                Map.of("targetId", Objects.requireNonNull(target), "flatten", true);
        session =
                String.valueOf(
                        tools.command("Target.attachToTarget", attach, null).get("sessionId"));
        for (String domain : List.of("Page", "Runtime", "Log", "DOM", "Network")) {
            tab(domain + ".enable", Map.of());
        }
    }

    private static Path binary() {
        for (String folder : System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1)) {
            for (String name : NAMES) {
                Path place = Path.of(folder, name);
                if (Files.isExecutable(place)) {
                    return place;
                }
            }
        }
        throw new IllegalStateException(
                "these tests need a browser, one of "
                        + NAMES
                        + ", and found none. Debian/Ubuntu: apt-get install chromium");
    }

    /** Where it listens: it says so in a file once it does. */
    private URI address() throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + DevTools.PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() == 2) {
                return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException(
                "the browser does not start: " + Files.readString(profile.resolve("log")));
    }

    /** What the page complained of since it was last forgotten. */
    List<String> complaints() {
        return List.copyOf(tools.complaints);
    }

    /** Forgets the complaints that hold these words. */
    void forgive(String words) {
        tools.complaints.removeIf(complaint -> complaint.contains(words));
    }

    /** Opens a page and waits until it and its scripts are loaded. */
    void open(String url) {
        tab("Page.navigate", Map.of("url", url));
        await("document.readyState === 'complete' && document.body");
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
        return DevTools.object(reply, "result").get("value");
    }

    /** Text of the first element that fits; "undefined" where none does. */
    String text(String selector) {
        return String.valueOf(
                evaluate("String(document.querySelector(" + quoted(selector) + ")?.textContent)"));
    }

    /** Waits until an expression is true. */
    void await(String expression) {
        long end = System.nanoTime() + DevTools.PATIENCE.toNanos();
        AssertionError lastFailure = null;
        while (System.nanoTime() < end) {
            try {
                if (Boolean.TRUE.equals(evaluate("!!(" + expression + ")"))) {
                    return;
                }
                Thread.sleep(LOOK_MILLIS);
            } catch (AssertionError e) {
                lastFailure = e; // the page is being replaced, as a rule
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError(
                expression
                        + " did not become true; complaints: "
                        + complaints()
                        + "; page: "
                        + evaluate("document.body.innerText.slice(0, 1500)"),
                lastFailure);
    }

    /** Clicks. */
    void click(String selector) {
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Writes into a field, as somebody who types. */
    void fill(String selector, String value) {
        evaluate(
                "(() => { const field = document.querySelector(%s); field.value = %s;"
                                .formatted(quoted(selector), quoted(value))
                        + " field.dispatchEvent(new Event('input', {bubbles: true})); })()");
    }

    /** Chooses files in a file input. */
    void choose(String selector, Path... files) {
        Map<String, @Nullable Object> root =
                DevTools.object(tab("DOM.getDocument", Map.of()), "root");
        Map<String, Object> query =
                Map.of("nodeId", Objects.requireNonNull(root.get("nodeId")), "selector", selector);
        Object node = Objects.requireNonNull(tab("DOM.querySelector", query).get("nodeId"));
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

    /** The medium, {@code screen} or {@code print}, and {@code light} or {@code dark}. */
    void medium(String medium, String scheme) {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        tab("Emulation.setEmulatedMedia", Map.of("media", medium, "features", List.of(feature)));
    }

    /** Writes the whole page as a picture. */
    void screenshot(Path file) throws IOException {
        Map<String, @Nullable Object> reply =
                tab(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        Files.write(file, Base64.getDecoder().decode(String.valueOf(reply.get("data"))));
    }

    /** A command to the tab. */
    Map<String, @Nullable Object> tab(String method, Map<String, ?> parameters) {
        return tools.command(method, parameters, session);
    }

    /** A string of JavaScript. */
    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
