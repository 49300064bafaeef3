package dev.snug.cli;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.server.Server;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.settings.SettingKey;
import dev.snug.server.settings.SettingsReader;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a server does in its first minutes, for the build to record. */
final class ServeTraining {
    private static final long LIMIT_BYTES = 512L << 20;
    private static final String SHIPPED = "snug-vi";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final int port;

    private ServeTraining(int port) {
        this.port = port;
    }

    /** Serves on loopback and asks itself. */
    static void run(Surroundings surroundings, Path scratch, Path picture, String classifier)
            throws IOException {
        Map<SettingKey, String> flags = new EnumMap<>(SettingKey.class);
        flags.put(SettingKey.PORT, "0");
        flags.put(SettingKey.CLASSIFIER, classifier);
        flags.put(SettingKey.SPEAKER, SHIPPED);
        ServerSettings settings =
                new SettingsReader(scratch).read(Optional.empty(), Map.of(), flags).settings();
        MemoryLimit limit =
                new MemoryLimit(LIMIT_BYTES, MemoryLimit.Origin.ASKED, "a training says so");
        Server.Folders folders = new Server.Folders(scratch, surroundings.shipped());
        try (Server server = Server.start(settings, folders, limit, surroundings.out())) {
            String first = Objects.requireNonNullElse(server.firstLink(), "/first?link=");
            new ServeTraining(server.address().getPort())
                    .askAll(first, Files.readAllBytes(picture));
        }
    }

    private void askAll(String first, byte[] picture) throws IOException {
        for (String path :
                new String[] {
                    "/livez",
                    "/readyz",
                    "/",
                    "/speak",
                    "/models",
                    "/metrics",
                    "/sign-in",
                    "/v1/models",
                    "/memory"
                }) {
            ask("GET " + path, "text/plain", new byte[0]);
        }
        String link = first.substring(first.indexOf('=') + 1);
        ask(
                "POST /first",
                FORM,
                text(
                        "link="
                                + link
                                + "&name=training&account=training&password=long+enough+words"));
        ask("POST /sign-in", FORM, text("account=training&password=long+enough+words"));
        for (int i = 0; i < 2; i++) {
            ask("POST /v1/classifications?explain=true", "image/jpeg", picture);
        }
        ask("POST /v1/speech", "application/json", text("{\"text\":\"Một.\"}"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whatever the answer is: refusals load classes too. */
    private void ask(String what, String type, byte[] body) throws IOException {
        String head =
                "%s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: %s\r\nContent-Length: %d\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
                        .formatted(what, port, type, body.length);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(text(head));
            out.write(body);
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
