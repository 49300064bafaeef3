package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.bundle.SpeechSettings.Family;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Listing, adding and removing voices. The oracles are issue 4's words and the disk. */
final class VoicesCommandTest {
    private static final String TEXT = "Xin chào các bạn. Xin chào các bạn.";

    @TempDir private Path home;
    @TempDir private Path folder;

    private FakeSpeech console;
    private String good;

    @BeforeEach
    void install() throws IOException {
        console = new FakeSpeech(home).with("tiny", Family.VIETVOICE);
        good = repeated(2);
    }

    /** The golden recording of 1.5 s said several times. */
    private String repeated(int times) throws IOException {
        byte[] once = Files.readAllBytes(FakeSpeech.reference());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(once, 0, 44);
        for (int i = 0; i < times; i++) {
            all.write(once, 44, once.length - 44);
        }
        byte[] whole = all.toByteArray();
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(40, whole.length - 44);
        return Files.write(folder.resolve("me" + times + ".wav"), whole).toString();
    }

    @Test
    void voicesAreATableOwnOnesFirst() {
        console.run("voice", "add", "me", good, "--text", TEXT, "--gender=female")
                .ended(ExitCode.OK);

        assertThat(console.run("voices").ended(ExitCode.OK).out().lines())
                .containsExactly(
                        "me           female  -          -         -          own   " + TEXT,
                        "news_female  female  -          northern  -                Xin chào các"
                                + " bạn.",
                        "story_male   male    -          southern  -                Xin chào các"
                                + " bạn.");
        assertThat(console.run("voices", "--gender=male").ended(ExitCode.OK).out().lines())
                .hasSize(1);
        Ran none = console.run("voices", "--emotion=sad").ended(ExitCode.USAGE);
        assertThat(none.complaint()).startsWith("no voice is sad; there are me (female), news_");
    }

    @Test
    void jsonHasNameOwnTraitsTextAndFile() {
        Tree voice = console.run("voices", "--json").ended(ExitCode.OK).list().getFirst();

        assertThat(voice.keys()).containsExactly("name", "own", "gender", "area", "text", "file");
        assertThat(Path.of(voice.get("file").text())).exists();
    }

    @Test
    void anAddedVoiceSpeaksAndARemovedOneIsGone() {
        Ran added =
                console.run("voice", "add", "me", good, "--text", "Xin chào các bạn")
                        .ended(ExitCode.OK);
        assertThat(added.out()).matches("me  [23]\\.\\d s\n");
        String wav = folder.resolve("hello.wav").toString();
        console.run("speak", "Một hai.", "--voice=me", "-o", wav).ended(ExitCode.OK);
        assertThat(console.run("voices").out()).contains("Xin chào các bạn.");

        Ran again = console.run("voice", "add", "me", good, "--text", TEXT).ended(ExitCode.USAGE);
        assertThat(again.complaint()).contains("snug voice remove me");
        console.run("voice", "remove", "me").ended(ExitCode.OK);
        console.run("voice", "remove", "me").ended(ExitCode.USAGE);
        console.run("speak", "Một hai.", "--voice=me", "-o", wav).ended(ExitCode.USAGE);
    }

    @Test
    void aVoiceThatDoesNotExistListsThoseThatDo() {
        Path wav = folder.resolve("hello.wav");
        Ran named =
                console.run("speak", "Một hai.", "--voice=lan", "-o", wav.toString())
                        .ended(ExitCode.USAGE);
        Ran described =
                console.run(
                                "speak",
                                "Một hai.",
                                "--gender=male",
                                "--area=central",
                                "-o",
                                wav.toString())
                        .ended(ExitCode.USAGE);

        String existing = "news_female (female northern), story_male (male southern)";
        assertThat(named.complaint()).isEqualTo("there is no voice lan; there are " + existing);
        assertThat(described.complaint())
                .isEqualTo("no voice is male central; there are " + existing);
        assertThat(wav).doesNotExist();
    }

    @Test
    void aBadRecordingIsRefusedAndForceKeepsOnlyWhatIsPossible() throws IOException {
        Ran foreign = console.run("voice", "add", "me", good, "--text", "Ừ").ended(ExitCode.FAILED);
        assertThat(foreign.complaint())
                .contains("does the text belong to the recording?", "--force");
        Ran longOne =
                console.run(
                                "voice",
                                "add",
                                "me",
                                repeated(12),
                                "--force",
                                "--text",
                                "Xin chào các bạn. ".repeat(12))
                        .ended(ExitCode.FAILED);
        assertThat(longOne.complaint()).contains("are too long").doesNotContain("--force");
        console.run("voice", "add", "me", "none.wav", "--text", TEXT).ended(ExitCode.FAILED);
        assertThat(home.resolve("voices")).doesNotExist();

        Ran forced =
                console.run("voice", "add", "me", good, "--text", "Ừ", "--force")
                        .ended(ExitCode.OK);
        assertThat(forced.err()).startsWith("snug: warning: ");
        try (Stream<Path> files = Files.list(home.resolve("voices"))) {
            assertThat(files).containsExactly(home.resolve("voices/me"));
        }
    }

    @Test
    void withoutAModelThereAreStillOwnVoices(@TempDir Path bare) {
        FakeSpeech empty = new FakeSpeech(bare);
        assertThat(empty.run("voices").ended(ExitCode.OK).complaint())
                .contains("there is no voice", "snug voice add");
        assertThat(empty.run("voices", "--json").ended(ExitCode.OK).out()).isEqualTo("[]\n");
        empty.run("voice", "add", "me", good, "--text", TEXT).ended(ExitCode.OK);
        assertThat(empty.run("voices").ended(ExitCode.OK).out()).startsWith("me  ");
        empty.run("voice").ended(ExitCode.USAGE);
        empty.run("voice", "add", "me", good).ended(ExitCode.USAGE);
    }
}
