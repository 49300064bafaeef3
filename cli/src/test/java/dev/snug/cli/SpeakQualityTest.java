package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.bundle.SpeechSettings.Family;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What {@code snug speak --quality} takes and says; the oracle is what its help promises. */
final class SpeakQualityTest {
    private static final String TEXT = "Về nhà thôi em, trời tối rồi.";

    @TempDir private Path home;

    private FakeSpeech console;

    @BeforeEach
    void install() {
        console = new FakeSpeech(home).with("tiny", Family.VIETVOICE);
    }

    @Test
    void qualityInAWordIsWhatIsPublishedWhereNothingWasMeasuredAndSaysSo() {
        Ran draft = console.run("speak", TEXT, "--dry-run", "--quality=draft").ended(ExitCode.OK);
        assertThat(draft.out()).contains("7 steps at");
        assertThat(draft.err()).contains("not measured on tiny; it takes 7 pruned steps");
        assertThat(
                        console.run("speak", TEXT, "--dry-run", "--quality=best")
                                .ended(ExitCode.OK)
                                .err())
                .contains("not measured on tiny; it takes its own steps");
        assertThat(
                        console.run("speak", TEXT, "--dry-run", "--quality=good")
                                .ended(ExitCode.OK)
                                .err())
                .doesNotContain("not measured");
        assertThat(
                        console.run("speak", TEXT, "--quality=draft", "--steps=9")
                                .ended(ExitCode.USAGE)
                                .complaint())
                .contains("leave it out, or --steps");
        assertThat(
                        console.run("speak", TEXT, "--quality=draft", "--compat=vietvoice")
                                .ended(ExitCode.USAGE)
                                .complaint())
                .contains("--quality does not go with --compat");
    }
}
