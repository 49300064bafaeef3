package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.proof.Command;
import dev.snug.cli.serve.Client.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.imageio.ImageIO;

/**
 * A server with a classifier of full size inside of a hard limit, busy with eight clients and
 * speech. The oracles are the kernel's count of killed processes, and the answer without a limit.
 * The property {@code snug.proof.requests} makes it longer.
 */
@Timeout(300)
final class ServedUnderLimitIT {
    private static final long LIMIT_BYTES = 256L << 20;
    private static final int CLIENTS = 8;
    private static final int REQUESTS = Integer.getInteger("snug.proof.requests", 24);
    private static final String MODEL = "large";
    private static final String SENTENCE = "Xin chào các bạn. Hôm nay trời đẹp.";

    @TempDir private Path folder;

    @Test
    void eightClientsAndSpeechAreServedInsideOfAQuarterOfAGibibyte() throws Exception {
        Command.requireGroups(folder);
        Command command = Command.in(folder);
        Snug snug = Snug.in(folder).with("SNUG_JAVA_HOME", folder.resolve("jdk").toString());
        snug.done("synth-model", "efficientnetv2-s", MODEL);
        Path photo = photo();
        Answer expected;
        try (Serving roomy = snug.serve("--cache-entries", "0")) {
            expected = roomy.client().classify(photo, "?explain=true").status(200);
        }
        byte[] spoken = snug.done("speak", SENTENCE, "-o", "-").out();

        Path report = folder.resolve("report");
        Snug limited = snug.behind(command.inGroup(LIMIT_BYTES, report));
        try (Serving serving =
                limited.serve("--memory", "256MiB", "--cache-entries", "0", "--queue", "16")) {
            int answered = served(serving.client(), photo, expected, spoken);
            System.out.printf("proof: %d of %d requests answered%n", answered, REQUESTS);
            assertThat(answered).as("answers with 200").isGreaterThan(REQUESTS / 2);
            serving.signal("TERM");
            serving.ended(20);
        }
        String counted = Files.readString(report);
        System.out.print("proof: " + counted);
        assertThat(counted).contains(" oom_kill=0 ");
    }

    /** Asks from many clients at once; each answer is right or a refusal. Counts the answers. */
    private static int served(Client client, Path photo, Answer expected, byte[] spoken)
            throws Exception {
        int answered = 0;
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1)) {
            Future<Answer> speech = clients.submit(() -> client.speak(SENTENCE));
            List<Future<Answer>> pictures = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                pictures.add(clients.submit(() -> client.classify(photo, "?explain=true")));
            }
            for (Future<Answer> picture : pictures) {
                Answer answer = picture.get();
                if (isRefusal(answer)) {
                    continue;
                }
                assertThat(answer.status(200).probabilities()).isEqualTo(expected.probabilities());
                assertThat(answer.json().treeOrNull("heatmap"))
                        .isEqualTo(expected.json().treeOrNull("heatmap"));
                answered++;
            }
            if (!isRefusal(speech.get())) {
                assertThat(speech.get().status(200).body()).isEqualTo(spoken);
            }
        }
        return answered;
    }

    private static boolean isRefusal(Answer answer) {
        return answer.status() == 429 || answer.status() == 503;
    }

    /** One megapixel or about, in which the model finds something. */
    private Path photo() throws Exception {
        BufferedImage image = new BufferedImage(1200, 900, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, (x >> 3) * 0x010203 + (y >> 4));
            }
        }
        Path photo = folder.resolve("photo.jpg");
        assertThat(ImageIO.write(image, "jpg", photo.toFile())).isTrue();
        return photo;
    }
}
