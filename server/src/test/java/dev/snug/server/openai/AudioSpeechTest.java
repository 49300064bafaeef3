package dev.snug.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.SpeechQuestion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Speech as OpenAI's clients ask for it. The oracles are OpenAI's reference and what is spoken. */
@Timeout(60)
final class AudioSpeechTest {
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

    private static byte[] spoken() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Fakes.PARTS.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private SpeechQuestion question() {
        return java.util.Objects.requireNonNull(fakes.questions.poll());
    }

    @Test
    void whatAnOldClientSendsIsSpokenAsMp3() throws Exception {
        HttpResponse<byte[]> answer =
                server.speech(
                        """
                        {"model": "tts-1", "input": "Xin chào.", "voice": "nova"}
                        """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(answer.body()).isEqualTo(spoken());
        assertThat(answer.headers().firstValue(AudioSpeech.NOTE))
                .contains("voice nova is spoken by female-south");
        assertThat(question())
                .isEqualTo(
                        new SpeechQuestion(
                                null,
                                "Xin chào.",
                                "female-south",
                                1,
                                null,
                                9527,
                                SpeechQuestion.Format.MP3));
    }

    @Test
    void allThatIsKnownIsAskedAndTheRestIsNamed() throws Exception {
        HttpResponse<byte[]> answer =
                server.speech(
                        """
                        {"model": "other", "input": "Hai.", "voice": {"id": "me"}, "speed": 0.25,
                         "response_format": "pcm", "stream_format": "audio", "seed": 3, "steps": 8,
                         "instructions": "vui", "lang": {"code": ["vi"]}, "none": null, "é": 1}
                        """);

        assertThat(answer.headers().firstValue(AudioSpeech.NOTE))
                .contains("ignored: a name that is none, instructions, lang");
        assertThat(question())
                .isEqualTo(
                        new SpeechQuestion(
                                "other", "Hai.", "me", 0.25, 8, 3, SpeechQuestion.Format.PCM));
    }

    @Test
    void withoutAVoiceTheModelChoosesAndNothingIsNoted() throws Exception {
        HttpResponse<byte[]> answer = server.speech("{\"input\": \"Ba.\"}");

        assertThat(answer.headers().firstValue(AudioSpeech.NOTE)).isEmpty();
        assertThat(question().voice()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "mp3,audio/mpeg",
        "opus,audio/ogg; codecs=opus",
        "flac,audio/flac",
        "wav,audio/wav",
        "pcm,audio/pcm;rate=24000"
    })
    void eachFormatHasItsType(String format, String type) throws Exception {
        HttpResponse<byte[]> answer =
                server.speech("{\"input\":\"a\",\"response_format\":\"" + format + "\"}");

        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(question().format().name()).isEqualToIgnoringCase(format);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400 invalid_request_error bad_question input",
                "{'input': ' '}|400 invalid_request_error bad_question input",
                "{'input': 1}|400 invalid_request_error invalid_type input",
                "{'input': 'a', 'response_format': 'aac'}|400 invalid_request_error"
                        + " unsupported_value response_format",
                "{'input': 'a', 'response_format': 'x'}|400 invalid_request_error invalid_value"
                        + " response_format",
                "{'input': 'a', 'stream_format': 'x'}|400 invalid_request_error invalid_value"
                        + " stream_format",
                "{'input': 'a', 'speed': 0.2}|400 invalid_request_error bad_question speed",
                "{'input': 'a', 'speed': 4.1}|400 invalid_request_error bad_question speed",
                "{'input': 'a', 'speed': '1'}|400 invalid_request_error invalid_type speed",
                "{'input': 'a', 'steps': 0}|400 invalid_request_error bad_question steps",
                "{'input': 'a', 'steps': 1.5}|400 invalid_request_error invalid_type steps",
                "{'input': 'a', 'model': 'x'}|404 invalid_request_error model_not_found model",
                "{'input': 'a', 'model': 'eyes'}|404 invalid_request_error model_not_found model",
                "{'input': 'a', 'model': 'x', 'voice': 'y'}|404 invalid_request_error"
                        + " model_not_found model",
                "{'input': 'a', 'voice': 'x'}|400 invalid_request_error voice_not_found voice",
                "{'input': 'a', 'voice': {'name': 'me'}}|400 invalid_request_error invalid_type"
                        + " voice",
                "{'input': 'a', 'voice': ['me']}|400 invalid_request_error invalid_type voice",
                "{'input': 'a', 'model': 'other', 'voice': 'nova'}|400 invalid_request_error"
                        + " voice_not_found voice",
                "[]|400 invalid_request_error bad_question null"
            })
    void whatIsWrongIsSaidInOpenAisShape(String body, String error) throws Exception {
        assertThat(OpenAiServer.error(server.speech(body.replace('\'', '"')))).isEqualTo(error);
        assertThat(fakes.questions).isEmpty();
    }

    @Test
    void aacIsRefusedWithWhatThereIs() throws Exception {
        HttpResponse<byte[]> answer =
                server.speech("{\"input\": \"a\", \"response_format\": \"aac\"}");

        assertThat(new Fields(OpenAiServer.json(answer).tree("error"), "error").text("message"))
                .contains("aac", "mp3, opus, flac, wav or pcm");
    }

    @Test
    void aTextMayHave4096CharactersOfAnyPlane() throws Exception {
        assertThat(server.speech(text("đ".repeat(4096))).statusCode()).isEqualTo(200);
        assertThat(server.speech(text("😀".repeat(2500))).statusCode()).isEqualTo(200);
        assertThat(OpenAiServer.error(server.speech(text("a".repeat(4097)))))
                .isEqualTo("400 invalid_request_error string_above_max_length input");
        assertThat(OpenAiServer.error(server.speech(text("a".repeat(70_000)))))
                .startsWith("413 invalid_request_error");
    }

    @Test
    void whereTheServerSpeaksLessAtOnceThatIsTheLimit() throws Exception {
        try (OpenAiServer small = new OpenAiServer(folder.resolve("small"), fakes, fakes, 10)) {
            assertThat(small.speech(text("a".repeat(10))).statusCode()).isEqualTo(200);
            assertThat(OpenAiServer.error(small.speech(text("a".repeat(11)))))
                    .isEqualTo("400 invalid_request_error string_above_max_length input");
        }
    }

    private static String text(String input) {
        return "{\"input\": \"" + input + "\"}";
    }

    @Test
    void eventsHoldTheSameSoundAndEndWithUsage() throws Exception {
        HttpResponse<byte[]> answer =
                server.speech("{\"input\": \"Chào 😀\", \"stream_format\": \"sse\"}");

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<Fields> events = events(new String(answer.body(), StandardCharsets.UTF_8));
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        for (Fields event : events.subList(0, events.size() - 1)) {
            assertThat(event.text("type")).isEqualTo("speech.audio.delta");
            byte[] piece = Base64.getDecoder().decode(event.text("audio"));
            assertThat(piece).hasSizeBetween(1, SpeechEvents.PIECE_BYTES);
            sound.writeBytes(piece);
            event.requireNoOther();
        }
        assertThat(sound.toByteArray()).isEqualTo(spoken());
        Fields done = events.getLast();
        assertThat(done.text("type")).isEqualTo("speech.audio.done");
        assertThat(done.figures("usage", 3))
                .containsOnly(
                        java.util.Map.entry("input_tokens", 6L),
                        java.util.Map.entry("output_tokens", 0L),
                        java.util.Map.entry("total_tokens", 6L));
    }

    private static List<Fields> events(String text) {
        assertThat(text).endsWith("\n\n");
        List<Fields> events = new ArrayList<>();
        for (String event : text.strip().split("\n\n", -1)) {
            assertThat(event).startsWith("data: ").doesNotContain("\n");
            byte[] json = OpenAiServer.utf8(event.substring("data: ".length()));
            events.add(new Fields(Json.parseObject(json, "an event"), "an event"));
        }
        return events;
    }

    @Test
    void anEventComesWhileTheNextPartIsMade() throws Exception {
        fakes.permits.drainPermits();
        fakes.permits.release();

        HttpResponse<java.io.InputStream> answer =
                server.stream("{\"input\": \"a\", \"stream_format\": \"sse\"}");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("data: {\"type\":\"speech.audio.delta\"");
            fakes.permits.release(10);
            assertThat(lines.lines().filter(line -> !line.isEmpty()).toList().getLast())
                    .contains("speech.audio.done");
        }
    }

    @ParameterizedTest
    @CsvSource({"audio", "sse"})
    void aFailureBeforeTheSoundIsAnErrorAndALaterOneCutsTheConnection(String form)
            throws Exception {
        String question = "{\"input\": \"a\", \"stream_format\": \"" + form + "\"}";
        fakes.failure = new AnswerException(AnswerException.Kind.FAILED, "the worker ended");
        assertThat(OpenAiServer.error(server.speech(question)))
                .isEqualTo("500 server_error failed null");

        fakes.failingPart = 1;
        assertThatThrownBy(() -> server.speech(question)).isInstanceOf(IOException.class);
    }
}
