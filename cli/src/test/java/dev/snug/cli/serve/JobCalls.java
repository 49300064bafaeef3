package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Leaving jobs with a server and asking for them, as a client would that never gives up. */
record JobCalls(Client client) {
    private static final String BOUNDARY = "snug-test-boundary";
    private static final int SIDE_PIXELS = 40;

    /** What a server says of a job. */
    record Said(String id, String state, int done, int total) {
        boolean isOver() {
            return !state.equals("queued") && !state.equals("running");
        }
    }

    /** Pictures of noise, each another one: no answer is there before it was computed. */
    static byte[] picture(long seed) {
        Random random = new Random(seed);
        int bytes = SIDE_PIXELS * SIDE_PIXELS * 3;
        ByteBuffer file = ByteBuffer.allocate(54 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(54 + bytes).putInt(0).putInt(54);
        file.putInt(40).putInt(SIDE_PIXELS).putInt(SIDE_PIXELS);
        file.putShort((short) 1).putShort((short) 24);
        file.putInt(0).putInt(bytes).putInt(2835).putInt(2835).putInt(0).putInt(0);
        byte[] pixels = new byte[bytes];
        random.nextBytes(pixels);
        return file.put(pixels).array();
    }

    /** Leaves a batch of pictures. */
    Answer pictures(String key, List<byte[]> pictures) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < pictures.size(); i++) {
            String head =
                    "--%s\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"%d.bmp\"\r\nContent-Type: image/bmp\r\n\r\n"
                            .formatted(BOUNDARY, i);
            body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(pictures.get(i));
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return client.with("Idempotency-Key", key)
                .post("/v1/jobs", "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    /** Leaves a text. */
    Answer text(String key, String text) throws IOException, InterruptedException {
        byte[] json = Json.bytes(Map.of("text", text, "format", "wav"));
        return client.with("Idempotency-Key", key).post("/v1/jobs", "application/json", json);
    }

    Said job(String id) throws IOException, InterruptedException {
        return said(client.get("/v1/jobs/" + id).status(200).json());
    }

    static Said said(Fields job) {
        Fields progress = new Fields(job.tree("progress"), "a job's progress");
        return new Said(
                job.text("id"),
                job.text("state"),
                (int) progress.whole("done"),
                (int) progress.whole("total"));
    }

    /** Probabilities by class of each picture of a batch, in their order. */
    List<Map<String, Double>> answers(String id) throws IOException, InterruptedException {
        Fields result = client.get("/v1/jobs/" + id + "/result").status(200).json();
        return result.list("results", 1000, JobCalls::probabilities);
    }

    private static Map<String, Double> probabilities(Fields each) {
        each.text("name");
        return Client.probabilitiesOf(new Fields(each.tree("answer"), "an answer"));
    }

    byte[] sound(String id) throws IOException, InterruptedException {
        return client.get("/v1/jobs/" + id + "/result").status(200).body();
    }

    /** All jobs that the server knows, in their states. */
    Map<String, Integer> states() throws IOException, InterruptedException {
        Map<String, Integer> states = new TreeMap<>();
        Fields list = client.get("/v1/jobs?limit=1000").status(200).json();
        for (Object each : Objects.requireNonNull(list.values("jobs", 1000))) {
            Map<?, ?> job = (Map<?, ?>) each;
            states.merge(String.valueOf(job.get("state")), 1, Integer::sum);
        }
        return states;
    }

    /** Waits for the end of a job. */
    Said ended(String id, int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Said said = job(id);
        while (!said.isOver()) {
            assertThat(System.nanoTime()).as("%s ends", said).isLessThan(end);
            Thread.sleep(50);
            said = job(id);
        }
        return said;
    }
}
