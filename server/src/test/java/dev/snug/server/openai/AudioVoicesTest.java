package dev.snug.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.json.Fields;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.api.Speeches;
import dev.snug.server.http.Access;
import dev.snug.server.http.Scope;
import dev.snug.server.upstream.RemoteAnswering;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Voices over HTTP, by hand and by another Snug. The oracles are docs/api.md and what was sent. */
@Timeout(60)
final class AudioVoicesTest {
    private static final String FORM = "multipart/form-data; boundary=b";

    @TempDir private Path folder;

    private final Fakes fakes = new Fakes();
    private OpenAiServer server;

    @BeforeEach
    void open() throws Exception {
        server = new OpenAiServer(folder, fakes, fakes);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(name, value);
    }

    private static String file(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a.wav\"\r\n\r\n%s\r\n"
                .formatted(name, content);
    }

    private HttpResponse<byte[]> add(String... parts) throws Exception {
        return server.post(
                "/v1/audio/voices", FORM, OpenAiServer.utf8(String.join("", parts) + "--b--\r\n"));
    }

    private NewVoice added() {
        return Objects.requireNonNull(fakes.added.poll());
    }

    @Test
    void theListHasWhatOneCanChooseBy() throws Exception {
        Fields json = OpenAiServer.json(server.get("/v1/audio/voices"));

        assertThat(json.text("object")).isEqualTo("list");
        List<Fields> voices = OpenAiServer.list(json, "voices");
        assertThat(voices.stream().map(voice -> voice.text("id")))
                .containsExactly("me", "female-north", "female-south", "male-north");
        Fields own = voices.getFirst();
        assertThat(own.flag("own")).isTrue();
        assertThat(own.textOrNull("model")).isNull();
        Fields shipped = voices.getLast();
        assertThat(shipped.flag("own")).isFalse();
        assertThat(shipped.text("name")).isEqualTo("male-north");
        assertThat(shipped.text("model")).isEqualTo("snug-vi");
        assertThat(shipped.text("language")).isEqualTo("vi");
        assertThat(shipped.text("gender")).isEqualTo("male");
        assertThat(shipped.textOrNull("area")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"snug-vi,4", "other,1"})
    void theListOfAModelHasItsVoicesAndOnesOwn(String model, int count) throws Exception {
        Fields json = OpenAiServer.json(server.get("/v1/audio/voices?model=" + model));

        assertThat(OpenAiServer.list(json, "voices")).hasSize(count);
    }

    @Test
    void aFormMakesAVoiceInTheShapeOfOpenAi() throws Exception {
        HttpResponse<byte[]> answer =
                add(
                        field("name", "lan"),
                        field("consent", "cons_1"),
                        field("ref_text", "Xin chào."),
                        field("gender", "female"),
                        field("force", "true"),
                        file("audio_sample", "RIFF…"));

        assertThat(answer.statusCode()).isEqualTo(200);
        Fields json = OpenAiServer.json(answer);
        assertThat(json.text("id")).isEqualTo("lan");
        assertThat(json.text("object")).isEqualTo("audio.voice");
        assertThat(json.text("type")).isEqualTo("audio_sample");
        assertThat(json.whole("created_at")).isEqualTo(9);
        assertThat(fakes.recording).isEqualTo(OpenAiServer.utf8("RIFF…"));
        NewVoice voice = added();
        assertThat(voice.text()).isEqualTo("Xin chào.");
        assertThat(voice.traits()).isEqualTo(Map.of("gender", "female"));
        assertThat(voice.isForced()).isTrue();
        assertThat(voice.file()).doesNotExist();
    }

    @Test
    void aBodyThatIsTheRecordingHasTheRestInTheQuery() throws Exception {
        HttpResponse<byte[]> answer =
                server.post(
                        "/v1/audio/voices?name=lan&text=Xin+ch%C3%A0o.",
                        "audio/flac", new byte[] {1, 2});

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fakes.recording).containsExactly(1, 2);
        assertThat(added().text()).isEqualTo("Xin chào.");
    }

    @Test
    void whatIsMissingOrTooMuchIsSaid() throws Exception {
        String name = field("name", "lan");
        String text = field("text", "Xin chào.");
        String file = file("audio_sample", "x");
        assertThat(OpenAiServer.error(add(text, file)))
                .isEqualTo("400 invalid_request_error bad_question name");
        assertThat(OpenAiServer.error(add(name, file)))
                .isEqualTo("400 invalid_request_error bad_question text");
        assertThat(OpenAiServer.error(add(name, text)))
                .isEqualTo("400 invalid_request_error no_file audio_sample");
        assertThat(OpenAiServer.error(add(name, text, file("picture", "x"))))
                .isEqualTo("400 invalid_request_error bad_form null");
        assertThat(OpenAiServer.error(add(name, field("text", "a".repeat(1001)), file)))
                .isEqualTo("400 invalid_request_error bad_question text");
        assertThat(OpenAiServer.error(add(name, text, field("force", "yes"), file)))
                .isEqualTo("400 invalid_request_error bad_question force");
        assertThat(
                        OpenAiServer.error(
                                server.post(
                                        "/v1/audio/voices?name=a&text=b",
                                        "audio/wav",
                                        new byte[(10 << 20) + 1])))
                .startsWith("413 invalid_request_error");
        assertThat(fakes.added).isEmpty();
    }

    @Test
    void aNameThatExistsIsRefusedAndStays() throws Exception {
        HttpResponse<byte[]> answer =
                add(field("name", "me"), field("text", "a"), file("audio_sample", "x"));

        assertThat(OpenAiServer.error(answer))
                .isEqualTo("409 invalid_request_error voice_exists name");
        assertThat(fakes.cards).hasSize(4);
    }

    @Test
    void oneIsRemovedInBothWaysAndOnlyOnesOwn() throws Exception {
        HttpResponse<byte[]> gone = server.post("/v1/audio/voices/me/remove", "x/y", new byte[0]);
        assertThat(OpenAiServer.json(gone).flag("deleted")).isTrue();
        add(field("name", "lan"), field("text", "a"), file("audio_sample", "x"));
        HttpResponse<byte[]> deleted = server.send(server.request("/v1/audio/voices/lan").DELETE());
        assertThat(OpenAiServer.json(deleted).text("object")).isEqualTo("audio.voice.deleted");
        assertThat(
                        OpenAiServer.error(
                                server.send(
                                        server.request("/v1/audio/voices/male-north").DELETE())))
                .isEqualTo("404 invalid_request_error voice_not_found voice");
        assertThat(fakes.cards).hasSize(3);
    }

    @Test
    void addingAndRemovingTakesTheRightToAdminister() {
        Map<String, Access> found = new java.util.HashMap<>();
        new OpenAiRoutes(fakes, fakes, new Speeches(fakes, 1), 1)
                .routes()
                .forEach(route -> found.put(route.method() + " " + route.path(), route.access()));

        Access admin = Access.open(Scope.ADMIN);
        Access speak = Access.open(Scope.SPEAK);
        assertThat(found)
                .containsEntry("POST /v1/audio/voices", admin)
                .containsEntry("POST /v1/audio/voices/{name}/remove", admin)
                .containsEntry("DELETE /v1/audio/voices/{name}", admin)
                .containsEntry("GET /v1/audio/voices", speak)
                .containsEntry("POST /v1/audio/speech", speak);
    }

    @Test
    void modelsAreListedAndFoundAsOpenAiHasThem() throws Exception {
        Fields list = OpenAiServer.json(server.get("/v1/models"));
        assertThat(list.text("object")).isEqualTo("list");
        assertThat(OpenAiServer.list(list, "data").stream().map(each -> each.text("id")))
                .containsExactly("eyes", "snug-vi", "other");
        assertThat(OpenAiServer.list(list, "models").stream().map(each -> each.text("name")))
                .containsExactly("eyes", "snug-vi", "other");

        for (String name : List.of("snug-vi", "tts-1", "gpt-4o-mini-tts-2025-12-15")) {
            Fields model = OpenAiServer.json(server.get("/v1/models/" + name));
            assertThat(model.text("id")).isEqualTo("snug-vi");
            assertThat(model.text("object")).isEqualTo("model");
            assertThat(model.whole("created")).isEqualTo(1_700_000_000);
            assertThat(model.text("owned_by")).isEqualTo("snug");
        }
        assertThat(OpenAiServer.error(server.get("/v1/models/gpt-5")))
                .isEqualTo("404 invalid_request_error model_not_found model");
    }

    @Test
    void anotherSnugHasTheSameModelsAndVoices() throws Exception {
        try (RemoteAnswering remote =
                new RemoteAnswering(server.url("/"), null, Duration.ofSeconds(30))) {
            VoiceKeeping there = remote.voices();
            assertThat(remote.models()).isEqualTo(fakes.models());
            assertThat(there.voices()).isEqualTo(fakes.voices());

            Path file = Files.write(folder.resolve("a b.wav"), new byte[] {4, 5});
            NewVoice voice = new NewVoice("lan", file, "Gì? & sao=", Map.of("area", "x"), true);
            VoiceCard card = there.add(voice);
            assertThat(card).isEqualTo(fakes.cards.getLast());
            NewVoice arrived = added();
            assertThat(arrived.text()).isEqualTo(voice.text());
            assertThat(arrived.traits()).isEqualTo(voice.traits());
            assertThat(arrived.isForced()).isTrue();
            assertThat(fakes.recording).containsExactly(4, 5);
            refused(AnswerException.Kind.VOICE_EXISTS, () -> there.add(voice));
            there.remove("lan");
            refused(AnswerException.Kind.VOICE_NOT_FOUND, () -> there.remove("lan"));
        }
    }

    private static void refused(
            AnswerException.Kind kind,
            org.assertj.core.api.ThrowableAssert.ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(
                        AnswerException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
