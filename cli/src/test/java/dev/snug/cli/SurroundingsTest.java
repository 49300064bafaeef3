package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where models live. The oracles are the XDG base directories and Windows' known folders. */
final class SurroundingsTest {
    private static Path home(Map<String, String> variables) {
        return new Surroundings(
                        variables,
                        Optional.empty(),
                        new ByteArrayInputStream(new byte[0]),
                        System.out,
                        System.err,
                        false)
                .snugHome();
    }

    @Test
    void modelsLiveWhereTheSystemKeepsWhatProgramsKeep() {
        assertThat(home(Map.of("HOME", "/home/lan")))
                .isEqualTo(Path.of("/home/lan/.local/share/snug"));
        assertThat(home(Map.of("HOME", "/home/lan", "XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/data/snug"));
        assertThat(home(Map.of("LOCALAPPDATA", "/c/Users/lan/AppData/Local")))
                .isEqualTo(Path.of("/c/Users/lan/AppData/Local/snug"));
        assertThat(home(Map.of("SNUG_HOME", "/s", "LOCALAPPDATA", "/l", "XDG_DATA_HOME", "/x")))
                .isEqualTo(Path.of("/s"));
    }
}
