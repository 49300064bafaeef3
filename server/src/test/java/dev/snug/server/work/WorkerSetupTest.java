package dev.snug.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.device.ProviderWish;
import dev.snug.server.settings.HeatMaps;
import dev.snug.vision.picture.PictureCaps;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a worker is told. The oracle is what its parent said. */
final class WorkerSetupTest {
    private static WorkerSetup told(WorkerSetup setup) {
        Map<String, String> properties = new HashMap<>();
        for (String option : setup.options()) {
            String[] words = option.substring("-D".length()).split("=", 2);
            properties.put(words[0], words[1]);
        }
        return WorkerSetup.of(name -> properties.getOrDefault(name, ""));
    }

    @ParameterizedTest
    @CsvSource({"cpu,,,", "auto,,/p.so,", "cuda,/ort,,3GiB", "auto,,,", "cpu,/ort,,"})
    void aWorkerKnowsWhatItsParentSaid(
            String provider,
            @Nullable String engineLibrary,
            @Nullable String providerLibrary,
            @Nullable String deviceMemory) {
        WorkerSetup setup =
                new WorkerSetup(
                        Path.of("/home/models"),
                        Optional.of(Path.of("/shipped")),
                        512 << 20,
                        HeatMaps.OFF,
                        new PictureCaps(1000, 2000),
                        ProviderWish.of(provider, engineLibrary, providerLibrary, deviceMemory));

        assertThat(told(setup)).isEqualTo(setup);
        assertThat(told(setup.withLimit(1 << 20)).limitBytes()).isEqualTo(1 << 20);
    }

    @Test
    void aWorkerKeepsWhereItComputes() {
        WorkerSetup setup =
                new WorkerSetup(
                        Path.of("/h"),
                        Optional.empty(),
                        1 << 20,
                        HeatMaps.AUTO,
                        PictureCaps.DEFAULT,
                        ProviderWish.of("auto", null, null, null));

        assertThat(setup.placement()).isSameAs(told(setup).placement());
        assertThat(setup.placement().provider().word()).isEqualTo("cpu");
    }
}
