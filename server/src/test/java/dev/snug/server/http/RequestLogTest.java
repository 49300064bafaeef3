package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

class RequestLogTest {
    private static final Instant TIME = Instant.parse("2026-11-22T11:05:54.123Z");

    @Test
    void aLineTellsWhatWasAskedAndHowItEnded() {
        assertThat(RequestLog.text(line(200, null, null, null)))
                .isEqualTo("2026-11-22T11:05:54.123Z info POST /v1/{name} 200 in=5 out=70 ms=12\n");
        assertThat(RequestLog.json(line(200, null, null, null)))
                .isEqualTo(
                        "{\"time\":\"2026-11-22T11:05:54.123Z\",\"level\":\"info\","
                                + "\"method\":\"POST\",\"route\":\"/v1/{name}\",\"status\":200,"
                                + "\"bytes_in\":5,\"bytes_out\":70,\"duration_ms\":12}\n");
    }

    @Test
    void anErrorHasItsNumberAndNobodyCanWriteASecondLine() {
        RequestLog.Line line =
                line(500, "192.0.2.1", "00ab12cd", "E: a\"b\\c\r\nd\u001b[2J\u2028\u202e\u0085é");
        assertThat(RequestLog.text(line))
                .endsWith(
                        " error POST /v1/{name} 500 in=5 out=70 ms=12 client=\"192.0.2.1\""
                                + " error_id=\"00ab12cd\" error=\"E: a\\\"b\\\\c\\u000d\\u000ad"
                                + "\\u001b[2J\\u2028\\u202e\\u0085é\"\n");
        byte[] json = RequestLog.json(line).getBytes(StandardCharsets.UTF_8);
        assertThat(Json.parseObject(json, "line", new JsonLimits(4096, 100, 4, 1000)))
                .containsEntry("client", "192.0.2.1")
                .containsEntry("error", "E: a\"b\\c\r\nd\u001b[2J\u2028\u202e\u0085é");
    }

    @Test
    void aLongMessageIsCut() {
        String text = RequestLog.text(line(500, null, "1", "x".repeat(10_000)));
        assertThat(text.length()).isBetween(300, 420);
    }

    private static RequestLog.Line line(
            int status, @Nullable String client, @Nullable String id, @Nullable String error) {
        return new RequestLog.Line(
                TIME, "POST", "/v1/{name}", status, 5, 70, 12, client, id, error);
    }
}
