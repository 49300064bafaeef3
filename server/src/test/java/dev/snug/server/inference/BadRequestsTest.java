package dev.snug.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.inference.InferenceServer.Answer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Requests that are none: each is an error of the protocol, leaves nothing and asks no model. */
final class BadRequestsTest {
    private static final String INFER = "/v2/models/skin:int8/infer";

    @TempDir private static Path folder;

    private static InferenceServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new InferenceServer(folder);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static void nothingCameOfIt(Answer answer) throws Exception {
        assertThat(answer.error()).isNotBlank();
        assertThat(server.left()).isEmpty();
        assertThat(server.models.pictures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{}",
                "{\"inputs\": []}",
                "{\"inputs\": {}}",
                "{\"inputs\": [1]}",
                "{\"inputs\": []} {}",
                "{\"inputs\": [], \"inputs\": []}",
                "{\"inputs\": [], \"unknown\": 1}",
                "{\"inputs\": [], \"id\": 1}",
                "{\"inputs\": [], \"parameters\": {\"priority\": 1}}",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]}"
            })
    void whatIsNoRequestIsRefused(String body) throws Exception {
        nothingCameOfIt(server.post(INFER, body).status(400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    picture | BYTES | [1]          | "data":["***"]
                    picture | BYTES | [1]          | "data":[5]
                    picture | BYTES | [1]          | "data":[null]
                    picture | BYTES | [1]          | "data":[{}]
                    picture | BYTES | [1]          | "data":"AAEC"
                    picture | BYTES | [1]          | "data":[]
                    picture | BYTES | [1]          | "data":["AAEC","AAEC"]
                    picture | BYTES | [0]          | "data":[]
                    picture | BYTES | [-1]         | "data":["AAEC"]
                    picture | BYTES | [1.5]        | "data":["AAEC"]
                    picture | BYTES | [1,2]        | "data":["AAEC","AAEC"]
                    picture | BYTES | []           | "data":["AAEC"]
                    picture | UINT8 | [1]          | "data":["AAEC"]
                    picture | FP64  | [1]          | "data":["AAEC"]
                    picture | BYTES | [1]          | "parameters":{"content_type":"png"},"data":["AAEC"]
                    picture | BYTES | [1]          | "parameters":{"binary_data_size":-2}
                    picture | BYTES | [1]          | "parameters":{"binary_data_size":9}
                    picture | BYTES | [1]          | "parameters":{"binary_data_size":9},"data":["AAEC"]
                    image   | UINT8 | [1,1,1,3]    | "data":[1,2,256]
                    image   | UINT8 | [1,1,1,3]    | "data":[1,2,-1]
                    image   | UINT8 | [1,1,1,3]    | "data":[1,2,3.5]
                    image   | UINT8 | [1,1,1,3]    | "data":[1,2,"3"]
                    image   | UINT8 | [1,1,1,3]    | "data":[1,2]
                    image   | UINT8 | [1,1,1,4]    | "data":[1,2,3,4]
                    image   | UINT8 | [1,3]        | "data":[1,2,3]
                    volume  | UINT8 | [1,1,1,3]    | "data":[1,2,3]
                    """)
    void anInputThatIsNotWhatItsShapeSaysIsRefused(
            String name, String datatype, String shape, String data) throws Exception {
        nothingCameOfIt(
                server.post(
                                INFER,
                                "{\"inputs\":[{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s,%s}]}"
                                        .formatted(name, datatype, shape, data))
                        .status(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "x", "9999999999999999999999", "100000"})
    void aLengthOfTheJsonThatCannotBeIsRefused(String length) throws Exception {
        nothingCameOfIt(
                server.send(
                                server.request(INFER)
                                        .header(InferenceReply.LENGTH, length)
                                        .POST(BodyPublishers.ofString("{\"inputs\": []}")))
                        .status(400));
    }

    @Test
    void bytesThatNobodyAnnouncedAreRefused() throws Exception {
        String json =
                "{\"inputs\":[{\"name\":\"picture\",\"datatype\":\"BYTES\",\"shape\":[1],\"parameters\":{\"binary_data_size\":5}}]}";
        byte[] behind = {1, 0, 0, 0, 7};

        for (byte[] wrong :
                new byte[][] {
                    {1, 0, 0, 0, 7, 8}, {1, 0, 0, 0}, {2, 0, 0, 0, 7}, {-1, -1, -1, -1, 7}
                }) {
            nothingCameOfIt(server.post(INFER, json, wrong).status(400));
        }
        server.post(INFER, json, behind).status(200);
        assertThat(server.models.files).containsExactly(new byte[] {7});
        server.models.pictures.clear();
    }

    @Test
    void aHeadThatIsLongBesideItsDataIsRefused() throws Exception {
        String id = "a".repeat(70_000);

        nothingCameOfIt(server.post(INFER, "{\"id\":\"" + id + "\",\"inputs\":[]}").status(400));
        nothingCameOfIt(
                server.post(INFER, "{\"inputs\":[" + "{\"name\":\"a\"},".repeat(6000) + "{}]}")
                        .status(400));
    }

    @Test
    void aBodyThatIsPackedIsRefused() throws Exception {
        nothingCameOfIt(
                server.send(
                                server.request(INFER)
                                        .header("Content-Encoding", "gzip")
                                        .POST(
                                                BodyPublishers.ofByteArray(
                                                        "x".getBytes(StandardCharsets.UTF_8))))
                        .status(415));
    }

    @Test
    void aBodyForAnotherModelThanThePathsIsRefused() throws Exception {
        assertThat(
                        server.post(INFER, "{\"model_name\":\"other\",\"inputs\":[]}")
                                .status(400)
                                .error())
                .contains("other");
    }

    @Test
    void inputsAndOutputsThatAreMissingUnknownOrTwiceAreNamed() throws Exception {
        String picture =
                "{\"name\":\"picture\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"AAEC\"]}";
        String image =
                "{\"name\":\"image\",\"datatype\":\"UINT8\",\"shape\":[1,1,1,3],\"data\":[1,2,3]}";

        assertThat(refusal(picture + "," + image, "")).contains("either");
        assertThat(refusal(picture + "," + picture, "")).contains("twice");
        assertThat(refusal(picture, ",\"outputs\":[{\"name\":\"logits\"}]"))
                .contains("'logits'", "probabilities, classes, names, heatmap");
        String outputs = ",\"outputs\":[{\"name\":\"names\"},{\"name\":\"names\"}]";
        assertThat(refusal(picture, outputs)).contains("twice");
    }

    private static String refusal(String inputs, String outputs) throws Exception {
        return server.post(INFER, "{\"inputs\":[" + inputs + "]" + outputs + "}")
                .status(400)
                .error();
    }
}
