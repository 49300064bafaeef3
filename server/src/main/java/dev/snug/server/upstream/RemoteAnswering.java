package dev.snug.server.upstream;

import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.AnswerException.Kind;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.PlanCard;
import dev.snug.server.answer.ReportWish;
import dev.snug.server.answer.SoundParts;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.work.CardWire;
import dev.snug.server.work.SpeechWire;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Asks another Snug by its API. A thread that is interrupted drops its connection, and the other
 * server ends the work as it does for any client that leaves.
 */
public final class RemoteAnswering implements Answering {
    /** Any answer in JSON; a layer and 50,000 scores. */
    private static final int ANSWER_BYTES_MAX = 8 << 20;

    private static final long OVERLAY_BYTES_MAX = 128L << 20;
    private static final int ERROR_BYTES_MAX = 64 << 10;
    private static final int PIECE_BYTES = 8 << 10;
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final URI base;
    private final @Nullable String token;
    private final Duration deadline;
    private final HttpClient client;

    /**
     * Asks the Snug at {@code base}.
     *
     * @param token what it lets us in with; null for none
     * @param deadline most time until an answer begins
     */
    public RemoteAnswering(URI base, @Nullable String token, Duration deadline) {
        String text = base.toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
        this.token = token;
        this.deadline = deadline;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECTING)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) throws InterruptedException {
        String path = "v1/classifications?" + query(question);
        byte[] json = bytes(post(path, "image/unknown", file(question.file())), ANSWER_BYTES_MAX);
        RemoteAnswer answer = RemoteAnswer.of(json);
        Path overlay = question.overlayFile();
        if (overlay != null && answer.overlayPath() != null) {
            fetch(answer.overlayPath(), overlay);
        }
        return answer.picture();
    }

    @Override
    public void report(PictureQuestion question, ReportWish wish) throws InterruptedException {
        StringBuilder query = new StringBuilder(query(question));
        add(query, "lang", wish.language().tag());
        add(query, "name", wish.fileName());
        String path = "v1/reports?" + query;
        copy(
                post(path, "image/unknown", file(question.file())),
                wish.file(),
                ReportWish.BYTES_MAX,
                "the report");
        requirePdf(wish.file());
    }

    /** What another program than a Snug says with 200 goes no further. */
    private static void requirePdf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (new String(in.readNBytes(5), StandardCharsets.ISO_8859_1).equals("%PDF-")) {
                return;
            }
            Files.delete(file);
        } catch (IOException e) {
            throw broken(e);
        }
        throw new AnswerException(Kind.FAILED, "the other server's answer is no report");
    }

    static BodyPublisher file(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (java.io.FileNotFoundException e) {
            throw new AnswerException(Kind.FAILED, "the file is gone before it was sent", e);
        }
    }

    private static String query(PictureQuestion question) {
        StringBuilder query = new StringBuilder("check=").append(question.isChecked());
        add(query, "model", question.model());
        if (question.heatMap() != HeatMapForm.NONE) {
            add(query, "explain", "true");
            add(query, "heatmap", question.heatMap() == HeatMapForm.LAYER ? "layer" : "overlay");
            add(query, "class", question.explainedClass());
            add(query, "colors", question.colours());
        }
        add(query, "sex", question.sex());
        add(query, "location", question.location());
        Double age = question.ageYears();
        add(query, "age", age == null ? null : age.toString());
        return query.toString();
    }

    static void add(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private void fetch(String path, Path file) throws InterruptedException {
        copy(send(request(path).GET()), file, OVERLAY_BYTES_MAX, "the overlay");
    }

    private static void copy(InputStream body, Path file, long most, String what) {
        try (InputStream in = body) {
            WholeFile.write(
                    file,
                    out -> {
                        byte[] piece = new byte[PIECE_BYTES];
                        long left = most;
                        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                            left -= read;
                            if (left < 0) {
                                throw new IOException(what + " has no end");
                            }
                            out.write(piece, 0, read);
                        }
                    });
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void speak(SpeechQuestion question, SoundParts sink) throws InterruptedException {
        byte[] body = Json.bytes(SpeechWire.json(question));
        try (InputStream in =
                post("v1/speech", "application/json", BodyPublishers.ofByteArray(body))) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sink.accept(ByteBuffer.wrap(piece, 0, read));
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public List<ModelCard> models() {
        try {
            return RemoteAnswer.models(got("v1/models"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnswerException(Kind.TOO_SLOW, "interrupted while asking for models", e);
        }
    }

    @Override
    public PlanCard plan(String model) throws InterruptedException {
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        byte[] json = bytes(send(request("v1/models/" + name + "/plan").GET()), ERROR_BYTES_MAX);
        return read(() -> CardWire.card(json, "the other server's plan"));
    }

    /** The voices that the other server speaks with. */
    public VoiceKeeping voices() {
        return new RemoteVoices(this);
    }

    /** All of a GET's answer. */
    byte[] got(String path) throws InterruptedException {
        return bytes(send(request(path).GET()), ANSWER_BYTES_MAX);
    }

    /** All of a POST's answer. */
    byte[] posted(String path, String type, BodyPublisher body) throws InterruptedException {
        return bytes(post(path, type, body), ANSWER_BYTES_MAX);
    }

    private InputStream post(String path, String type, BodyPublisher body)
            throws InterruptedException {
        return send(request(path).header("Content-Type", type).POST(body));
    }

    private HttpRequest.Builder request(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(relative)).timeout(deadline);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    /** The body of an answer that went well. */
    private InputStream send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    throw RemoteAnswer.refusal(
                            response.statusCode(), body.readNBytes(ERROR_BYTES_MAX));
                }
            }
            return response.body();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static byte[] bytes(InputStream body, int most) {
        try (body) {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new AnswerException(
                        Kind.FAILED, "the other server's answer is longer than " + most + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Something to read of what came. */
    @FunctionalInterface
    interface Reading<T> {
        T read();
    }

    static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonException e) {
            throw new AnswerException(
                    Kind.FAILED, "the other server's answer is none: " + e.getMessage(), e);
        }
    }

    private static AnswerException broken(IOException cause) {
        return new AnswerException(
                Kind.FAILED,
                "the other server (SNUG_UPSTREAM) does not answer: "
                        + java.util.Objects.requireNonNullElse(
                                cause.getMessage(), cause.getClass().getSimpleName()),
                cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
