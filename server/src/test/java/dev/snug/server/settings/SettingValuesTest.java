package dev.snug.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.device.ProviderWish;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Single values. The oracle is what the table of settings says is allowed. */
final class SettingValuesTest {
    @TempDir private Path folder;

    private EffectiveSettings read(Map<String, String> variables) {
        return new SettingsReader(folder).read(Optional.empty(), variables, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "SNUG_PORT, 65536, a whole number from 0 to 65535",
        "SNUG_PORT, tcp://10.0.0.1:80, a whole number from 0 to 65535",
        "SNUG_PORT, -1, a whole number",
        "PORT, ninety, a whole number",
        "SNUG_HOST, 0.0.0.0:80, an address or a name without a port",
        "SNUG_HOST, .., an address or a name",
        "SNUG_HEATMAP, yes, 'on, off or auto'",
        "SNUG_KEEP_ALIVE, 5, a time from 1s to 720h",
        "SNUG_KEEP_ALIVE, m, a time from",
        "SNUG_DEADLINE, 2h, a time from 1s to 1h",
        "SNUG_DEADLINE, 0s, a time from 1s to 1h",
        "SNUG_MEMORY, 512, a size from 1MiB",
        "SNUG_PICTURE_SIZE, 1001MB, a size from 1MiB",
        "SNUG_PICTURE_PIXELS, 0, a whole number from 1 to 1000000000",
        "SNUG_TEXT_CHARS, 99999999999999999999, a whole number",
        "SNUG_SPEAKER, ' a', the name of an installed model",
        "SNUG_LOG, JSON, text or json",
        "SNUG_PROVIDER, gpu, 'auto, cpu, cuda, tensorrt, migraphx, directml, openvino'",
        "SNUG_PROVIDER, CUDA, 'auto, cpu, cuda'",
        "SNUG_DEVICE_MEMORY, 1, a size from 1MiB",
        "SNUG_ENGINE_LIBRARY, ' /ort', a folder",
        "SNUG_PROVIDER_LIBRARY, 'p.so ', a file",
        "SNUG_UPSTREAM, ftp://a.example, without a user",
        "SNUG_UPSTREAM, https://me:pw@a.example, without a user",
        "SNUG_UPSTREAM, https://a.example/?q, without a user",
        "SNUG_UPSTREAM, http:///v1, without a user",
        "SNUG_UPSTREAM, a b, without a user",
    })
    void aValueThatIsNotAllowedIsRefusedWithItsPlaceAndWhatIs(
            String variable, String value, String allowed) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("variable " + variable + ": '" + value + "' was given")
                .hasMessageContaining(allowed);
    }

    @Test
    void whatComputesIsReadTogether() {
        ProviderWish wish =
                read(Map.of(
                                "SNUG_PROVIDER", "cuda",
                                "SNUG_ENGINE_LIBRARY", "/opt/ort",
                                "SNUG_DEVICE_MEMORY", "2GiB"))
                        .settings()
                        .provider();

        assertThat(wish)
                .isEqualTo(
                        new ProviderWish(
                                Optional.of(Provider.CUDA),
                                Optional.of(Path.of("/opt/ort")),
                                Optional.empty(),
                                Optional.of(MemorySize.parse("2GiB"))));
        assertThat(read(Map.of()).settings().provider()).isEqualTo(ProviderWish.CPU);
        assertThat(read(Map.of("SNUG_PROVIDER_LIBRARY", "/p.so")).settings().provider().isAuto())
                .isTrue();
    }

    @Test
    void whatComputesMustNotContradictItselfOrAnUpstream() {
        assertThatThrownBy(
                        () -> read(Map.of("SNUG_PROVIDER", "cpu", "SNUG_PROVIDER_LIBRARY", "/p")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("--provider cpu and --provider-library");
        assertThatThrownBy(() -> read(Map.of("SNUG_PROVIDER", "auto", "SNUG_UPSTREAM", "http://a")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("not together with variable SNUG_UPSTREAM");
    }
}
