package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.BundleException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The oracles are what Keras counts, the command's own words, and a disk that is left as it was.
 */
class SynthModelCommandTest {
    @TempDir private Path folder;

    @Test
    void theClassifierIsInstalledWithTheParametersThatKerasCountsAndAnswers() throws IOException {
        Path home = folder.resolve("home");
        Console console = Console.at(home);
        Ran ran = console.run("synth-model", "efficientnetv2-s", "eff").ended(ExitCode.OK);

        assertThat(ran.out()).isEqualTo("eff\n");
        Tree model = console.run("models", "--json").ended(ExitCode.OK).list().getFirst();
        assertThat(model.get("parameters").text()).isEqualTo("20340327");
        assertThat(model.get("input_sizes").text()).isEqualTo("[[300, 300]]");
        Ran answer =
                console.run("classify", Golden.picture(2), "--model=eff", "--json")
                        .ended(ExitCode.OK);
        assertThat(answer.objects()).hasSize(1);
        try (Stream<Path> entries = Files.list(home)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(".scratch"));
        }
        assertThat(
                        console.run("synth-model", "efficientnetv2-s", "eff")
                                .ended(ExitCode.FAILED)
                                .complaint())
                .contains("eff is installed");
    }

    @Test
    void anUnknownKindIsWrongUsage() {
        assertThat(
                        Console.at(folder)
                                .run("synth-model", "f6", "x")
                                .ended(ExitCode.USAGE)
                                .complaint())
                .contains("f6", "f5-base", "vietvoice-base", "efficientnetv2-s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"f5-base", "vietvoice-base", "efficientnetv2-s"})
    void whatIsThereIsNeverReplaced(String kind) throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "precious");

        Ran ran =
                Console.at(folder)
                        .run("synth-model", kind, "x", "-o", mine.toString())
                        .ended(ExitCode.FAILED);

        assertThat(ran.complaint()).contains(mine + " is there already");
        assertThat(mine).hasContent("precious");
    }

    @Test
    void aDiskWithTooLittleRoomIsRefusedBeforeAnythingIsBegun() {
        Path place = folder.resolve("not/there/yet");

        assertThatThrownBy(() -> DiskRoom.require(place, Long.MAX_VALUE, "f5-base"))
                .isInstanceOf(BundleException.class)
                .hasMessageContainingAll("f5-base needs", folder.toString(), "MiB are free", "-o");
        assertThatCode(() -> DiskRoom.require(place, 1, "f5-base")).doesNotThrowAnyException();
        assertThat(folder.resolve("not")).doesNotExist();
    }
}
