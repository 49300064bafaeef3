package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.snug.speech.bundle.SpeechSettings.Family;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which speech model answers where one ships with Snug. The oracles are issue 5's words ("the
 * default when nothing else is installed, says in one line …") and what the commands report.
 */
final class ShippedModelTest {
    @TempDir private Path folder;

    private Path home;
    private Path shipped;
    private FakeSpeech console;

    @BeforeEach
    void ship() {
        home = folder.resolve("home");
        shipped = folder.resolve("factory/models");
        new FakeSpeech(folder.resolve("factory")).with("small", Family.F5);
        console = new FakeSpeech(home).shipping(shipped);
    }

    private Ran speak(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(more, 0, all, 4, more.length);
        all[0] = "speak";
        all[1] = "Xin chào.";
        all[2] = "-o";
        all[3] = folder.resolve("a.wav").toString();
        return console.run(all).ended(ExitCode.OK);
    }

    private String speakingModel(String... more) {
        String[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = "--json";
        return speak(all).objects().getFirst().get("model").text();
    }

    @Test
    void withNothingInstalledItSpeaksAndSaysSoInOneLine() {
        Ran ran = speak();

        assertThat(ran.err().lines().filter(line -> line.startsWith("snug: small is ")))
                .containsExactly(
                        "snug: small is a small synthetic voice, trained on espeak-ng speech"
                                + " (robotic). For a natural one: snug import model-bin.pt"
                                + " (VietVoice), or: snug import F5TTS_v1_Base --vocos"
                                + " vocos-mel-24khz (F5)");
        assertThat(speakingModel()).isEqualTo("small");
    }

    @Test
    void itKeepsSilentWhereItWasNamedOrChosenOrAProgramReads() {
        assertThat(speak("--json").err()).doesNotContain("synthetic");
        assertThat(speak("--model", "small").err()).doesNotContain("synthetic");
        console.run("models", "use", "small").ended(ExitCode.OK);
        assertThat(speak().err()).doesNotContain("synthetic");
    }

    @Test
    void theOnlyModelOfOnesOwnAnswersBeforeIt() {
        console.with("mine", Family.F5);

        assertThat(speakingModel()).isEqualTo("mine");
        assertThat(speak().err()).doesNotContain("synthetic");
        console.run("models", "use", "small").ended(ExitCode.OK);
        assertThat(speakingModel()).isEqualTo("small");
    }

    @Test
    void severalModelsOfOnesOwnStillNeedAName() {
        console.with("mine", Family.F5).with("other", Family.F5);

        assertThat(console.run("speak", "Xin chào.").ended(ExitCode.FAILED).complaint())
                .startsWith("several models are installed: mine, other. Say which");
    }

    @Test
    void aBrokenModelOfOnesOwnIsNotSilentlyReplaced() throws IOException {
        console.with("mine", Family.F5);
        Files.delete(home.resolve("models/mine/vocab.txt"));

        assertThat(console.run("speak", "Xin chào.").ended(ExitCode.FAILED).complaint())
                .startsWith("model mine is broken: ");
    }

    @Test
    void listsSayWhereItComesFrom() {
        console.with("mine", Family.F5);

        Ran text = console.run("models").ended(ExitCode.OK);
        assertThat(text.out().lines().filter(line -> line.endsWith(", ships with Snug")))
                .hasSize(1);
        Ran json = console.run("models", "--json").ended(ExitCode.OK);
        assertThat(json.list())
                .extracting(model -> model.get("name").text(), model -> model.get("origin").text())
                .containsExactly(tuple("mine", "own"), tuple("small", "shipped"));
        assertThat(console.run("models", "verify").ended(ExitCode.OK).out())
                .isEqualTo("mine: ok\nsmall: ok\n");
        assertThat(console.run("doctor").ended(ExitCode.OK).out())
                .containsPattern("(?m)^shipped models +\\[small]$");
    }

    @Test
    void anOwnModelOfItsNameWinsAndTheListSaysSo() {
        console.with("small", Family.VIETVOICE);

        Tree model = console.run("models", "--json").ended(ExitCode.OK).list().getFirst();
        assertThat(model.get("family").text()).isEqualTo("vietvoice");
        assertThat(model.get("hides_shipped").value()).isEqualTo(true);
        assertThat(console.run("models").ended(ExitCode.OK).out())
                .contains(", instead of the one that ships with Snug");
        console.run("models", "remove", "small").ended(ExitCode.OK);
        assertThat(speakingModel()).isEqualTo("small");
    }

    @Test
    void itCannotBeRemoved() throws IOException {
        Ran ran = console.run("models", "remove", "small").ended(ExitCode.FAILED);

        assertThat(ran.complaint())
                .startsWith("cannot remove model small: it ships with Snug. ")
                .contains("snug models use NAME");
        assertThat(shipped.resolve("small/manifest.json")).exists();
        assertThat(speakingModel()).isEqualTo("small");
    }

    @Test
    void aDamagedOneSaysHowToMendIt() throws IOException {
        Files.writeString(shipped.resolve("small/vocab.txt"), "x");

        assertThat(console.run("speak", "Xin chào.", "-m", "small").ended(ExitCode.FAILED).err())
                .contains("the model small that ships with Snug cannot be used: ")
                .contains("Restore " + shipped.resolve("small"));
        assertThat(console.run("models").ended(ExitCode.FAILED).out()).contains("small", "broken");
        assertThat(console.run("doctor").ended(ExitCode.OK).out()).contains("[small (broken)]");
    }

    @Test
    void itsVoicesAndOnesOwnAreSpokenWith() {
        assertThat(console.run("voices").ended(ExitCode.OK).out().lines()).hasSize(2);
        assertThat(speakingModel("--voice", "story_male")).isEqualTo("small");
    }

    @Test
    void speakingCreatesNoHome() {
        speak();
        console.run("models").ended(ExitCode.OK);
        console.run("voices").ended(ExitCode.OK);
        console.run("models", "verify").ended(ExitCode.OK);

        assertThat(home).doesNotExist();
    }
}
