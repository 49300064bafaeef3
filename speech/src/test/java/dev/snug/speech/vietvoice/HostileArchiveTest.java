package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.session.SessionException;
import dev.snug.speech.StageGolden;
import dev.snug.speech.text.TextException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Oracle: whatever the archive holds, an import ends in an error of its own kind with one line, and
 * leaves nothing in the store. The graphs in these archives are valid ONNX of the wrong ports, so
 * that no import succeeds.
 */
final class HostileArchiveTest {
    private static final int MUTATIONS = 300;

    private static final String METADATA =
            """
            [{"file_name": "a.wav", "text": "xin chào", "gender": "female", "group": "news",
              "area": "northern", "emotion": "neutral"}]
            """;

    @TempDir private Path home;

    @Test
    void mutatedArchivesEndInAnErrorOfTheirOwnKindAndLeaveNothing() throws IOException {
        byte[] whole = archive(tar -> {}).end();
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            byte[] mutated = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(3) == 0) {
                // A header that is damaged and yet has the right sum.
                int at = random.nextInt(mutated.length / 512) * 512;
                byte[] block = Arrays.copyOfRange(mutated, at, at + 512);
                block[random.nextInt(345)] = (byte) random.nextInt();
                TarBuilder.checksum(block);
                System.arraycopy(block, 0, mutated, at, 512);
            }
            if (random.nextInt(8) == 0) {
                mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length));
            }
            Throwable error = failure(mutated);
            assertThat(error)
                    .as("seed %d", seed)
                    .isInstanceOfAny(
                            BundleException.class,
                            JsonException.class,
                            OnnxException.class,
                            TextException.class);
            assertThat(error.getMessage()).as("seed %d", seed).doesNotContain("\n");
        }
    }

    @Test
    void mutatedGraphsAreImportedOrRefusedByName() throws IOException {
        byte[] whole = Files.readAllBytes(Archive.FILE);
        int graphs = whole.length / 2;
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            byte[] mutated = whole.clone();
            for (int i = 0; i < 200; i++) {
                int at = 512 + random.nextInt(graphs);
                // Headers stay: damage to them is another test's.
                if (mutated[at] != 0) {
                    mutated[at] ^= (byte) (1 << random.nextInt(8));
                }
            }
            Path file = home.resolve("mutated-" + seed + ".tar");
            Files.write(file, mutated);
            Throwable error = catchThrowable(() -> Archive.imported(file, home.resolve("stores")));
            if (error != null) {
                assertThat(error)
                        .as("seed %d", seed)
                        .isInstanceOfAny(
                                BundleException.class, OnnxException.class, SessionException.class);
            }
        }
    }

    @Test
    void aMissingMemberIsNamed() {
        for (Unpacked.Part part : Unpacked.Part.values()) {
            TarBuilder tar = new TarBuilder();
            for (Unpacked.Part other : Unpacked.Part.values()) {
                if (other != part) {
                    tar.file(other.ending(), "x");
                }
            }
            assertRefused(tar.end(), "has no " + part.ending());
        }
    }

    @Test
    void membersOverTheirLimitAreRefusedBeforeTheyAreRead() {
        long tenGigabytes = 10L << 30;
        TarBuilder graph = new TarBuilder().header("x/transformer.onnx", '0', tenGigabytes);
        assertRefused(graph.bytes(), "2147483647 are allowed");
        TarBuilder unknown = new TarBuilder().header("film.mkv", '0', tenGigabytes);
        assertRefused(unknown.bytes(), "2147483647 are allowed");
        TarBuilder voice = new TarBuilder().header("cleaned_audios/a.wav", '0', 65L << 20);
        assertRefused(voice.bytes(), "67108864 are allowed");
        TarBuilder metadata = new TarBuilder().header("audio_metadata.json", '0', 5L << 20);
        assertRefused(metadata.bytes(), "4194304 are allowed");
    }

    @Test
    void aMemberThatIsThereTwiceIsRefused() {
        assertRefused(archive(tar -> tar.file("b/vocab.txt", "a")).end(), "two members");
        assertRefused(
                archive(tar -> tar.file("b/cleaned_audios/a.wav", "a")).end(), "two recordings");
    }

    @Test
    void metadataThatSaysWhatNobodyKnowsIsRefusedWithTheChoices() {
        assertRefused(
                described(METADATA.replace("female", "robot")),
                "'gender' is not one of male, female");
        assertRefused(
                described(METADATA.replace("\"news\"", "\"opera\"")),
                "'group' is not one of story, news, audiobook, interview, review");
        assertRefused(described(METADATA.replace("\"area\"", "\"zone\"")), "lacks the key 'area'");
        assertRefused(
                described(METADATA.replace("\"text\"", "\"age\": 3, \"text\"")),
                "unknown key 'age'");
        assertRefused(described(METADATA.replace("xin chào", " ")), "the text is empty");
        assertRefused(described("{}"), "is not a JSON array");
        assertRefused(described("[3]"), "voice 1 is not an object");
        assertRefused(
                described(METADATA.replace("a.wav", "../a.wav")), "which is not in cleaned_audios");
        assertRefused(
                described("[%s, %s]".formatted(inner(), inner())), "which is described before");
    }

    private static String inner() {
        return METADATA.strip().replaceAll("^\\[|]$", "");
    }

    @Test
    void graphsOfOtherPortsAreRefusedByPlace() {
        assertRefused(archive(tar -> {}).end(), "preprocess.onnx has 1 inputs");
    }

    private void assertRefused(byte[] archive, String message) {
        assertThatThrownBy(() -> Archive.imported(written(archive), home.resolve("store")))
                .hasMessageContaining(message);
        assertNothingLeft();
    }

    private Throwable failure(byte[] archive) {
        Throwable error =
                catchThrowable(() -> Archive.imported(written(archive), home.resolve("store")));
        assertThat(error).isNotNull();
        assertNothingLeft();
        return error;
    }

    private void assertNothingLeft() {
        assertThat(new BundleStore(home.resolve("store")).list()).isEmpty();
        try (Stream<Path> left = Files.walk(home.resolve("store"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.matches(".*\\.(onnx|wav|txt|json|weights)|unpacked"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path written(byte[] archive) throws IOException {
        return Files.write(home.resolve("model-bin.pt"), archive);
    }

    private static byte[] described(String metadata) {
        return archive(metadata, tar -> {}).end();
    }

    private static TarBuilder archive(Consumer<TarBuilder> more) {
        return archive(METADATA, more);
    }

    private static TarBuilder archive(String metadata, Consumer<TarBuilder> more) {
        GraphBuilder builder = new GraphBuilder("small");
        builder.input("x", TensorType.floats(1));
        builder.output(builder.add("Neg", "y", List.of("x")), TensorType.floats(1));
        byte[] graph = ModelWriter.toBytes(Model.of(builder.build()));
        TarBuilder tar = new TarBuilder();
        tar.file("preprocess.onnx", graph);
        tar.file("transformer.onnx", graph);
        tar.file("decode.onnx", graph);
        tar.file("vocab.txt", " \na\nb\n");
        tar.file("audio_metadata.json", metadata.getBytes(UTF_8));
        tar.file("cleaned_audios/a.wav", wav());
        more.accept(tar);
        return tar;
    }

    private static byte[] wav() {
        try {
            byte[] whole = Files.readAllBytes(StageGolden.file("reference.wav"));
            byte[] start = Arrays.copyOf(whole, 44 + 200);
            start[40] = (byte) 200;
            start[41] = 0;
            start[42] = 0;
            start[43] = 0;
            return start;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
