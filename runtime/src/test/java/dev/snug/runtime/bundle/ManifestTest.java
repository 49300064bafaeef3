package dev.snug.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.Manifest.FileEntry;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The oracle of a round trip is the record itself; that of a hostile text is that reading it ends
 * in a manifest which survives its own round trip, or in a {@link BundleException}.
 */
final class ManifestTest {
    private static final JsonLimits LIMITS = JsonLimits.MANIFEST;

    private static final Manifest SAMPLE =
            Sample.draft("skin")
                    .withFiles(
                            Map.of(
                                    "classify.onnx", new FileEntry(10, "01".repeat(32)),
                                    "explain.onnx", new FileEntry(9, "23".repeat(32)),
                                    "model.weights", new FileEntry(1L << 33, "45".repeat(32))));

    @Test
    void aManifestSurvivesTheRoundTrip() {
        byte[] text = ManifestJson.bytes(SAMPLE);
        Manifest again = ManifestJson.read(text, "manifest.json");
        assertThat(again).isEqualTo(SAMPLE);
        assertThat(ManifestJson.bytes(again)).as("canonical").isEqualTo(text);
        assertThat(again.settings().get("classes")).isEqualTo(List.of("Mụn & đỏ", ""));
        assertThat(again.totalBytes()).isEqualTo((1L << 33) + 19);
        assertThat(again.graph("explain").orElseThrow().outputs()).hasSize(2);
        assertThat(again.graphs("speak")).isEmpty();
    }

    @Test
    void theTextIsForPeopleToo() {
        assertThat(new String(ManifestJson.bytes(SAMPLE), StandardCharsets.UTF_8))
                .startsWith("{\n  \"format\" : 1,\n  \"name\" : \"skin\",")
                .contains("[ \"batch\", 300, null, 3 ]")
                .endsWith("}\n");
    }

    @Test
    void aNewerFormatIsRefusedWhateverElseItHolds() {
        assertThatThrownBy(() -> read("{\"format\": 2, \"novelty\": true}"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("made by a newer Snug")
                .hasMessageContaining("manifest.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"kind\"            | \"colour\": 1, \"kind\"       | unknown key 'colour'",
                "\"element_type\"    | \"unit\": 1, \"element_type\" | unknown key 'unit'",
                "\"licence\" : \"MIT\"  | \"licence\" : 3            | 'licence' is not",
                "\"name\" : \"skin\" | \"name\" : \"../skin\"        | model name '../skin'",
                "\"name\" : \"skin\" | \"name\" : \"skin\", \"name\" : \"x\" | Duplicate",
                "\"file\" : \"classify.onnx\" | \"file\" : \"other.onnx\" | not among the files",
                "\"model.weights\"   | \"../model.weights\"          | file name",
                "\"model.weights\"   | \".hidden\"                   | file name",
                "\"model.weights\"   | \"manifest.json\"             | cannot be listed",
                "\"model.weights\"   | \"sub/model.weights\"         | file name",
                "8589934592          | -1                            | negative",
                "8589934592          | 1.5                           | whole number",
                "8589934592          | 99999999999999999999          | whole number",
                "[ 300, 300 ]        | [ 300, 300, 3 ]               | input_size",
                "[ 300, 300 ]        | [ 0, 300 ]                    | input size 0x300",
                "\"float\"           | \"float8\"                    | element_type 'float8'",
                "\"batch\", 300      | \"batch\", -300               | negative dimension",
                "0.25                | 1e999                         | number",
                "\"settings\"        | \"setting\"                   | lacks the key 'settings'",
                "4545                | 45                            | 64 lower-case hex",
            })
    void aFaultIsNamed(String from, String to, String message) {
        String text = new String(ManifestJson.bytes(SAMPLE), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        assertThatThrownBy(() -> read(text.replace(from, to)))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("manifest.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{} {}", "{\"a\":1,}", "{\"format\":true}"})
    void whatIsNotOneObjectIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BundleException.class);
    }

    @Test
    void sizesAreBoundedBeforeMemoryIsSpent() {
        assertThatThrownBy(() -> Json.parseObject(new byte[LIMITS.bytes() + 1], "x"))
                .hasMessageContaining("x is larger than");
        String deep = "{\"a\":" + "[".repeat(LIMITS.depth()) + "]".repeat(LIMITS.depth()) + "}";
        assertThatThrownBy(() -> read(deep)).isInstanceOf(BundleException.class);
        String many = "{\"a\":[" + "1,".repeat(LIMITS.entries()) + "1]}";
        assertThatThrownBy(() -> read(many)).hasMessageContaining("100000 entries");
        String digits = "{\"a\":" + "9".repeat(100_000) + "}";
        assertThatThrownBy(() -> read(digits)).isInstanceOf(BundleException.class);
    }

    @Test
    void controlCharactersReachNoTerminal() {
        String text = new String(ManifestJson.bytes(SAMPLE), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(text.replace("MIT", "\\u001b[31mMIT")))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("licence holds a control character");
        assertThatThrownBy(() -> read("{\"format\":1,\"\\u001b[31m\":1}"))
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void threeHundredMutationsEndInAManifestOrInOneClearError() {
        byte[] text = ManifestJson.bytes(SAMPLE);
        SplittableRandom random = new SplittableRandom(20261121);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] mutated = mutated(text, random);
            try {
                Manifest manifest = ManifestJson.read(mutated, "manifest.json");
                assertThat(ManifestJson.read(ManifestJson.bytes(manifest), "x"))
                        .isEqualTo(manifest);
            } catch (BundleException e) {
                assertThat(e).hasMessageContaining("manifest.json");
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 299);
    }

    /** The text with one to three bits turned, bytes replaced, pieces dropped or doubled. */
    private static byte[] mutated(byte[] text, SplittableRandom random) {
        byte[] result = text.clone();
        int changes = random.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(result.length - 50);
            int length = random.nextInt(1, 50);
            switch (random.nextInt(4)) {
                case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> result[at] = (byte) "{}[]\",:09-.en\\".charAt(random.nextInt(14));
                case 2 -> {
                    byte[] rest = Arrays.copyOfRange(result, at + length, result.length);
                    result = Arrays.copyOf(result, at + rest.length);
                    System.arraycopy(rest, 0, result, at, rest.length);
                }
                default -> {
                    byte[] rest = Arrays.copyOfRange(result, at, result.length);
                    result = Arrays.copyOf(result, at + length + rest.length);
                    System.arraycopy(rest, 0, result, at + length, rest.length);
                }
            }
        }
        return result;
    }

    private static Manifest read(String text) {
        return ManifestJson.read(text.getBytes(StandardCharsets.UTF_8), "manifest.json");
    }
}
