package dev.snug.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.device.ProviderWish;
import dev.snug.server.settings.EffectiveSettings.Source;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings out of flags, variables and a file. The oracle is the order that the decision record
 * gives (flag, variable, file, default), and values worked out by hand.
 */
final class SettingsReaderTest {
    /** What {@code htpasswd -nbBC 12} makes; of the right form is all that matters here. */
    private static final String HASH =
            "$2y$12$abcdefghijklmnopqrstuuBCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    @TempDir private Path folder;

    private EffectiveSettings read(
            String file, Map<String, String> variables, Map<SettingKey, String> flags) {
        try {
            Path path = folder.resolve("snug.yaml");
            Files.writeString(path, file);
            return new SettingsReader(folder).read(Optional.of(path), variables, flags);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private EffectiveSettings read(Map<String, String> variables) {
        return new SettingsReader(folder).read(Optional.empty(), variables, Map.of());
    }

    @Test
    void withoutAnythingEveryValueIsTheDefault() {
        EffectiveSettings read = read(Map.of());
        ServerSettings settings = read.settings();

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.memory()).isNull();
        assertThat(settings.heatMaps()).isEqualTo(HeatMaps.AUTO);
        assertThat(settings.keepAlive()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.pictureBytes()).isEqualTo(20L << 20);
        assertThat(settings.cacheTtl()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.data()).isEqualTo(folder.resolve("server"));
        assertThat(settings.trustProxy()).isFalse();
        assertThat(read.given().values()).allMatch(given -> given.source() == Source.DEFAULT);
    }

    @Test
    void aFlagWinsOverAVariableOverTheFileOverTheDefault() {
        String file = "port: 1\nqueue: 1\nrecycle: 1\n";
        Map<String, String> variables = Map.of("SNUG_PORT", "2", "SNUG_QUEUE", "2");
        EffectiveSettings read = read(file, variables, Map.of(SettingKey.PORT, "3"));

        assertThat(read.settings().port()).isEqualTo(3);
        assertThat(read.settings().queue()).isEqualTo(2);
        assertThat(read.settings().recycle()).isEqualTo(1);
        assertThat(read.given().get(SettingKey.PORT)).hasToString("flag --port");
        assertThat(read.given().get(SettingKey.QUEUE)).hasToString("variable SNUG_QUEUE");
        assertThat(String.valueOf(read.given().get(SettingKey.RECYCLE))).endsWith(", key recycle");
    }

    @Test
    void portOfTheHostCountsBelowOursAndAboveTheFile() {
        assertThat(read("port: 1", Map.of("PORT", "10000"), Map.of()).settings().port())
                .isEqualTo(10000);
        assertThat(read(Map.of("PORT", "10000", "SNUG_PORT", "2")).settings().port()).isEqualTo(2);
    }

    @Test
    void everySettingIsReadFromAFile() {
        ServerSettings settings =
                read(
                                """
                                # all of them
                                host: '::'
                                port: "0"
                                memory: 1.5g
                                heatmap: off
                                classifier: sklesion
                                speaker: snug-vi
                                keep-alive: 90s
                                recycle: 7
                                queue: 0
                                deadline: 1h
                                picture-size: 1MiB
                                picture-pixels: 40000000
                                text-chars: 100
                                cache-entries: 0
                                cache-ttl: 5m
                                data: /var/lib/snug
                                sign-in: always
                                admin-password-hash: %s
                                redis: redis://10.0.0.5:6379/1
                                redis-password: hush
                                jobs: 50
                                job-size: 64MiB
                                job-ttl: 24h
                                trust-proxy: on
                                log: json
                                """
                                        .formatted(HASH),
                                Map.of(),
                                Map.of())
                        .settings();

        assertThat(settings)
                .isEqualTo(
                        new ServerSettings(
                                "::",
                                0,
                                "1536MiB",
                                HeatMaps.OFF,
                                "sklesion",
                                "snug-vi",
                                Duration.ofSeconds(90),
                                7,
                                0,
                                Duration.ofHours(1),
                                1 << 20,
                                40_000_000,
                                100,
                                0,
                                Duration.ofMinutes(5),
                                Path.of("/var/lib/snug"),
                                ServerSettings.SignIn.ALWAYS,
                                HASH,
                                ProviderWish.CPU,
                                null,
                                null,
                                new JobSettings(
                                        URI.create("redis://10.0.0.5:6379/1"),
                                        "hush",
                                        50,
                                        64 << 20,
                                        Duration.ofDays(1)),
                                true,
                                true));
    }

    @Test
    void whatIsPrintedReadsAsTheSame() {
        EffectiveSettings read =
                read(
                        "memory: 300MiB\nclassifier: \"it's: #1\"\n",
                        Map.of("SNUG_HOST", "::1"),
                        Map.of());

        String printed = read.printed();
        assertThat(printed).contains("host: '::1' # variable SNUG_HOST\n", "port: 8080 # default");
        assertThat(read(printed, Map.of(), Map.of()).settings()).isEqualTo(read.settings());
    }

    @Test
    void aSecretIsNeverPrinted() {
        EffectiveSettings read =
                read(
                        Map.of(
                                "SNUG_ADMIN_PASSWORD_HASH", HASH,
                                "SNUG_UPSTREAM", "https://models.example",
                                "SNUG_UPSTREAM_TOKEN", "hush"));

        assertThat(read.printed()).contains("'***'").doesNotContain("hush", HASH);
        assertThat(read.toString()).doesNotContain("hush", HASH);
        assertThatThrownBy(() -> read(Map.of("SNUG_ADMIN_PASSWORD_HASH", "my password")))
                .hasMessageContaining("variable SNUG_ADMIN_PASSWORD_HASH")
                .hasMessageContaining("bcrypt")
                .hasMessageNotContaining("my password");
    }

    @Test
    void aSecretIsNoFlag() {
        Map<SettingKey, String> flags = Map.of(SettingKey.UPSTREAM_TOKEN, "hush");
        SettingsReader reader = new SettingsReader(folder);

        assertThatThrownBy(() -> reader.read(Optional.empty(), Map.of(), flags))
                .hasMessageContaining("SNUG_UPSTREAM_TOKEN")
                .hasMessageNotContaining("hush");
    }

    @Test
    void unknownNamesAreRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> read("keepalive: 5m", Map.of(), Map.of()))
                .hasMessageContaining("'keepalive' is not known; did you mean keep-alive?");
        assertThatThrownBy(() -> read(Map.of("SNUG_HEAT_MAP", "on")))
                .hasMessageContaining("'SNUG_HEAT_MAP' is not known; did you mean SNUG_HEATMAP?");
        assertThatThrownBy(() -> read(Map.of("SNUG_ZZZZZZZZZZZZZZZZZZZZ", "on")))
                .hasMessageEndingWith("is not known");
    }

    @Test
    void variablesOfTheLauncherAndOfOtherProgramsAreNoneOfOurs() {
        Map<String, String> variables =
                Map.of(
                        "SNUG_HOME", "/h",
                        "SNUG_JAVA_HOME", "/j",
                        "SNUG_JAVA_OPTIONS", "-Xint",
                        "SNUG_HEAP_MAX", "24m",
                        "SNUG_BENCH_RUNS", "3",
                        "SNUGGLE", "1",
                        "PATH", "/bin",
                        "SNUG_QUEUE", "");

        assertThat(read(variables).settings()).isEqualTo(read(Map.of()).settings());
    }

    @ParameterizedTest
    @CsvSource({
        "'port: [1, 2]', one value is allowed",
        "'server: {port: 1}', one value is allowed",
        "'- port', not a YAML map",
        "'port', not a YAML map",
        "'port: 1\nport: 2', twice",
        "'port: &p 1\nqueue: *p', one value is allowed",
        "'port: \"', is not YAML",
        "'port:', allowed is a whole number",
        "'port: 1\n---\nport: 2', several YAML documents",
    })
    void aFileThatIsNoFlatMapIsRefused(String text, String why) {
        assertThatThrownBy(() -> read(text, Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("snug.yaml")
                .hasMessageContaining(why);
    }

    @Test
    void aFileIsReadToItsLimitAndNoFurther() {
        String comment = "#" + "x".repeat(SettingsFile.BYTES_MAX - 2) + "\n";

        assertThat(read(comment, Map.of(), Map.of()).settings().port()).isEqualTo(8080);
        assertThatThrownBy(() -> read(comment + "#", Map.of(), Map.of()))
                .hasMessageContaining("larger than the 65536 bytes");
        assertThatThrownBy(
                        () ->
                                new SettingsReader(folder)
                                        .read(
                                                Optional.of(folder.resolve("none.yaml")),
                                                Map.of(),
                                                Map.of()))
                .hasMessageContaining("none.yaml")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void modelsOfOurOwnAndAnotherSnugContradictEachOther() {
        Map<String, String> variables =
                Map.of("SNUG_UPSTREAM", "https://models.example", "SNUG_SPEAKER", "snug-vi");

        assertThatThrownBy(() -> read(variables))
                .hasMessageStartingWith("variable SNUG_SPEAKER")
                .hasMessageContaining("not together with variable SNUG_UPSTREAM");
        assertThatThrownBy(() -> read(Map.of("SNUG_UPSTREAM_TOKEN", "t")))
                .hasMessageContaining("a token without upstream");
        assertThat(read(Map.of("SNUG_UPSTREAM", "http://10.0.0.5:8080")).settings().upstream())
                .hasToString("http://10.0.0.5:8080");
    }

    @ParameterizedTest
    @EnumSource(SettingKey.class)
    void everyDefaultIsAllowedAndEveryHelpIsASentence(SettingKey key) {
        assertThat(key.help()).matches("[A-Z].*\\.").hasSizeLessThan(160);
        assertThat(key.allowed()).isNotBlank();
        assertThat(key.variable()).matches("SNUG_[A-Z]+(_[A-Z]+)*");
        assertThat(key.fallback().map(text -> key.form().read(text)).isPresent())
                .isEqualTo(key.fallback().isPresent());
    }
}
