package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A server as OpenAI's clients use it, with the voice that ships and a small archive of
 * VietVoice-TTS. The oracle for sound is the command line's; for voices it is the folder.
 */
@Timeout(180)
final class ServedOpenAiIT {
    private static final String TEXT = "Hôm nay trời đẹp quá, chúng ta cùng nhau đi dạo nhé.";
    private static final Path ARCHIVE =
            Snug.ROOT.resolve("speech/src/test/resources/golden/vietvoice.tar");

    @TempDir private static Path folder;

    private static Snug snug;
    private static Serving serving;

    @BeforeAll
    static void start() throws Exception {
        snug = Snug.in(folder);
        snug.done("import", ARCHIVE.toString(), "--name", "vv");
        snug.done("models", "use", "snug-vi");
        serving = snug.serve();
    }

    @AfterAll
    static void end() throws Exception {
        serving.close();
    }

    private static Answer speech(Client client, Map<String, Object> wish) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("model", "tts-1", "input", TEXT));
        all.putAll(wish);
        String json = new String(Json.bytes(all), StandardCharsets.UTF_8);
        return client.post("/v1/audio/speech", "application/json", json);
    }

    private static Answer add(Client client, String name, String text, byte[] recording)
            throws Exception {
        String query =
                "?name=%s&text=%s".formatted(name, URLEncoder.encode(text, StandardCharsets.UTF_8));
        return client.post("/v1/audio/voices" + query, "audio/flac", recording);
    }

    @Test
    void theSoundIsTheCommandLinesAsAFileAndAsEvents() throws Exception {
        Path file = folder.resolve("expected.mp3");
        snug.done("speak", TEXT, "--voice", "female-north", "-o", file.toString());
        byte[] expected = Files.readAllBytes(file);

        Answer answer = speech(serving.client(), Map.of("voice", "alloy")).status(200);
        assertThat(answer.header("content-type")).isEqualTo("audio/mpeg");
        assertThat(answer.header("x-snug-note")).contains("alloy is spoken by female-north");
        // The file on disk was gone back to: its length stands in the first frame.
        assertThat(answer.body().length).isBetween(expected.length - 600, expected.length + 600);
        Answer events =
                speech(serving.client(), Map.of("voice", "alloy", "stream_format", "sse"))
                        .status(200);
        assertThat(sound(events.text())).isEqualTo(answer.body());
        assertThat(events.text()).contains("speech.audio.done");
    }

    private static byte[] sound(String events) {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        for (String event : events.strip().split("\n\n", -1)) {
            byte[] json = event.substring("data: ".length()).getBytes(StandardCharsets.UTF_8);
            Fields fields = new Fields(Json.parseObject(json, "an event"), "an event");
            if (fields.text("type").equals("speech.audio.delta")) {
                sound.writeBytes(Base64.getDecoder().decode(fields.text("audio")));
            }
        }
        return sound.toByteArray();
    }

    @Test
    void aVoiceIsMadeOfWhatSnugSaidAndSpeaksWithEachModel() throws Exception {
        Client client = serving.client();
        byte[] said =
                speech(client, Map.of("voice", "female-south", "response_format", "flac"))
                        .status(200)
                        .body();

        Answer made = add(client, "lan", TEXT, said).status(200);
        assertThat(made.json().text("object")).isEqualTo("audio.voice");
        Path voice = snug.home().resolve("voices/lan");
        assertThat(voice.resolve("reference.wav")).isNotEmptyFile();
        assertThat(add(client, "lan", TEXT, said).status(409).code()).isEqualTo("voice_exists");
        assertThat(add(client, "male-south", TEXT, said).status(409).code())
                .isEqualTo("voice_exists");
        assertThat(voices(client)).contains("lan", "female-south").doesNotHaveDuplicates();

        Map<String, Object> wish =
                Map.of("voice", Map.of("id", "lan"), "response_format", "wav", "steps", 4);
        assertThat(speech(client, wish).status(200).body()).isEqualTo(spoken("snug-vi"));
        Map<String, Object> other = new LinkedHashMap<>(wish);
        other.put("model", "vv");
        assertThat(speech(client, other).status(200).body()).isEqualTo(spoken("vv"));

        client.post("/v1/audio/voices/lan/remove", "application/json", "").status(200);
        assertThat(voice).doesNotExist();
        assertThat(speech(client, wish).status(400).code()).isEqualTo("voice_not_found");
    }

    private static List<String> voices(Client client) throws Exception {
        List<?> voices =
                Objects.requireNonNull(
                        client.get("/v1/audio/voices").status(200).json().values("voices", 100));
        return voices.stream()
                .map(each -> new Fields((Map<?, ?>) each, "a voice").text("name"))
                .toList();
    }

    /** What the command line pipes. */
    private static byte[] spoken(String model) throws Exception {
        return snug.done(
                        "speak", TEXT, "--model", model, "--voice", "lan", "--steps", "4", "-o",
                        "-")
                .out();
    }

    @Test
    void whatIsNoRecordingLeavesNoVoiceAndTheWorkerLives() throws Exception {
        Client client = serving.client();
        byte[] said = speech(client, Map.of("response_format", "flac")).status(200).body();
        long worker = serving.worker("SpeechTask").pid();
        for (byte[] bad : List.of(new byte[] {1}, java.util.Arrays.copyOf(said, 9000))) {
            Answer refused = add(client, "bad", TEXT, bad).status(400);
            assertThat(refused.code()).isEqualTo("bad_question");
            assertThat(refused.text()).contains("the recording").doesNotContain("upload");
        }
        assertThat(snug.home().resolve("voices/bad")).doesNotExist();
        assertThat(serving.worker("SpeechTask").pid()).isEqualTo(worker);
    }

    @Test
    void aVoiceThatIsTooLongForTheSmallModelStopsNobodyElse() throws Exception {
        Snug own = Snug.in(Files.createDirectories(folder.resolve("long")));
        String text =
                TEXT + " Sau đó chúng ta ghé quán cà phê, nói chuyện rồi về nhà ăn cơm. " + TEXT;
        try (Serving first = own.serve()) {
            byte[] said =
                    speech(first.client(), Map.of("input", text, "response_format", "flac"))
                            .status(200)
                            .body();
            add(first.client(), "long", text, said).status(200);
        }
        try (Serving second = own.serve()) {
            speech(second.client(), Map.of("voice", "nova")).status(200);
            Answer refused = speech(second.client(), Map.of("voice", "long")).status(400);
            assertThat(refused.text()).contains("leaves no room in chunks of 8.0 s");
        }
    }

    @Test
    void aTokenThatMaySpeakMayNotAddVoices() throws Exception {
        Snug guarded = Snug.in(Files.createDirectories(folder.resolve("guarded")));
        guarded.account("an", "right password");
        String speak = guarded.token("an", "speak");
        String admin = guarded.token("an", "admin");
        try (Serving closed = guarded.serve("--host", "0.0.0.0")) {
            Client speaker = closed.client().bearing(speak);
            byte[] said = speech(speaker, Map.of("response_format", "flac")).status(200).body();
            assertThat(add(speaker, "lan", TEXT, said).status(403).code())
                    .isEqualTo("insufficient_scope");
            add(closed.client().bearing(admin), "lan", TEXT, said).status(200);
            assertThat(voices(speaker)).contains("lan");
            assertThat(closed.client().get("/v1/audio/voices").status(401).code())
                    .isEqualTo("sign_in_required");
        }
    }
}
