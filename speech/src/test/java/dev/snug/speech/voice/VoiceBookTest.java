package dev.snug.speech.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.speech.Golden;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.bundle.Traits.Area;
import dev.snug.speech.bundle.Traits.Emotion;
import dev.snug.speech.bundle.Traits.Gender;
import dev.snug.speech.bundle.Traits.Group;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.WavReader;
import dev.snug.speech.text.Passage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finding, choosing, adding and removing voices. The oracle for files is the folder. */
final class VoiceBookTest {
    private static final Traits NEWS =
            new Traits(Gender.FEMALE, Group.NEWS, Area.NORTHERN, Emotion.NEUTRAL);
    private static final Traits STORY =
            new Traits(Gender.MALE, Group.STORY, Area.SOUTHERN, Emotion.HAPPY);
    private static final Traits SAD =
            new Traits(Gender.FEMALE, Group.AUDIOBOOK, Area.CENTRAL, Emotion.SAD);

    @TempDir private Path home;

    private final VoiceBook book =
            new VoiceBook(
                    List.of(voice("me", Traits.NONE, true)),
                    List.of(
                            voice("news_00", NEWS, false),
                            voice("story_01", STORY, false),
                            voice("sad_02", SAD, false),
                            voice("me", STORY, false)));

    @Test
    void ownVoicesComeFirstAndHideThoseOfTheSameName() {
        assertThat(book.all())
                .extracting(ListedVoice::name)
                .containsExactly("me", "news_00", "story_01", "sad_02");
        assertThat(book.find("me").isOwn()).isTrue();
    }

    @Test
    void wordsAreAllToBeMet() {
        assertThat(names(new Traits(Gender.FEMALE, null, null, null)))
                .containsExactly("news_00", "sad_02");
        assertThat(names(new Traits(Gender.FEMALE, null, Area.CENTRAL, null)))
                .containsExactly("sad_02");
        assertThat(names(Traits.NONE)).hasSize(4);
    }

    @Test
    void noMatchListsWhatExistsAndWhatWasAsked() {
        Traits wish = new Traits(Gender.MALE, null, Area.NORTHERN, null);

        assertThatThrownBy(() -> book.chosen(wish, 1))
                .isInstanceOf(VoiceException.class)
                .hasMessage(
                        "no voice is male northern; there are me, news_00 (female news northern"
                                + " neutral), story_01 (male story southern happy), sad_02 (female"
                                + " audiobook central sad)");
        assertThatThrownBy(() -> book.find("you")).hasMessageStartingWith("there is no voice you;");
        VoiceBook many =
                new VoiceBook(
                        List.of(),
                        IntStream.range(0, 40)
                                .mapToObj(i -> voice("v" + i, Traits.NONE, false))
                                .toList());
        assertThatThrownBy(() -> many.find("you")).hasMessageEndingWith("and 28 more: snug voices");
        assertThatThrownBy(() -> new VoiceBook(List.of(), List.of()).chosen(Traits.NONE, 1))
                .hasMessageContaining("snug voice add");
    }

    @Test
    void theSeedPicksAmongSeveral() {
        Traits wish = new Traits(Gender.FEMALE, null, null, null);
        assertThat(book.chosen(wish, 9527)).isEqualTo(book.chosen(wish, 9527));
        assertThat(IntStream.range(0, 50).mapToObj(seed -> book.chosen(wish, seed).name()))
                .contains("news_00", "sad_02")
                .doesNotContain("me", "story_01");
    }

    @Test
    void aVoiceThatIsAddedIsThereWithItsTextEnded() throws IOException {
        VoiceFolders folders = new VoiceFolders(home);
        assertThat(folders.list()).isEmpty();
        Recording recording = new Recording(Golden.reference(), 24_000);

        folders.add("lan", recording, Passage.composed(" Xin chào các bạn "), SAD);
        folders.add("an", recording, Passage.composed("Khỏe không?"), Traits.NONE);

        assertThat(folders.list()).extracting(ListedVoice::name).containsExactly("an", "lan");
        ListedVoice lan = folders.list().getLast();
        assertThat(lan.isOwn()).isTrue();
        assertThat(lan.voice().text().text()).isEqualTo("Xin chào các bạn.");
        assertThat(lan.voice().traits()).isEqualTo(SAD);
        assertThat(folders.list().getFirst().voice().text().text()).isEqualTo("Khỏe không?");
        assertThat(files()).containsExactly("an", "lan");
        Recording kept = ReferenceAudio.of(lan);
        assertThat(kept.rate()).isEqualTo(24_000);
        assertThat(kept.samples()).hasSize(recording.samples().length);
        assertThat(Golden.distance(kept.samples(), recording.samples())).isLessThan(1e-3);
        assertThat(WavReader.read(lan.recording(), 2).seconds()).isEqualTo(1.5);
    }

    @Test
    void aNameIsTakenOnce() {
        VoiceFolders folders = new VoiceFolders(home);
        Recording recording = new Recording(Golden.reference(), 24_000);
        folders.add("lan", recording, Passage.composed("Một."), Traits.NONE);

        assertThatThrownBy(
                        () -> folders.add("lan", recording, Passage.composed("Hai."), Traits.NONE))
                .isInstanceOf(VoiceException.class)
                .hasMessageContaining("snug voice remove lan");
        folders.remove("lan");
        assertThat(folders.list()).isEmpty();
        assertThat(files()).isEmpty();
        assertThatThrownBy(() -> folders.remove("lan")).hasMessageContaining("no voice lan");
    }

    @Test
    void noMoreAreAddedThanCanBeListed() throws IOException {
        for (int i = 0; i < VoiceFolders.VOICES_MAX; i++) {
            Files.createDirectories(home.resolve("voices/v" + i));
        }
        VoiceFolders folders = new VoiceFolders(home);

        assertThat(folders.has("v1")).isTrue();
        assertThat(folders.has("../voices")).isFalse();
        Recording recording = new Recording(Golden.reference(), 24_000);
        assertThatThrownBy(
                        () -> folders.add("lan", recording, Passage.composed("Hai."), Traits.NONE))
                .isInstanceOf(VoiceException.class)
                .hasMessageContaining("no more may be");
        assertThat(files()).hasSize(VoiceFolders.VOICES_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../lan", ".lan", "a b", "a/b", "giọng"})
    void aNameStaysInItsFolder(String name) {
        VoiceFolders folders = new VoiceFolders(home);
        assertThatThrownBy(() -> folders.requireFree(name))
                .isInstanceOf(VoiceException.class)
                .hasMessageContaining("is not plain");
        assertThatThrownBy(() -> folders.remove(name)).hasMessageContaining("is not plain");
    }

    @Test
    void aBrokenVoiceIsNamedWithItsRemedy() throws IOException {
        VoiceFolders folders = new VoiceFolders(home);
        Recording recording = new Recording(Golden.reference(), 24_000);
        folders.add("lan", recording, Passage.composed("Một."), Traits.NONE);
        Files.writeString(home.resolve("voices/lan/voice.json"), "{\"text\":\"a\",\"tone\":1}");

        assertThatThrownBy(folders::list)
                .isInstanceOf(BundleException.class)
                .hasMessageContainingAll("voice lan is broken", "'tone'", "snug voice remove lan");
        folders.remove("lan");
        assertThat(folders.list()).isEmpty();
    }

    @Test
    void whatADeadProcessLeftIsSweptAndTheLivingKeepTheirs() throws IOException {
        Path old = Files.createDirectories(home.resolve("voices/.lan.1"));
        Path young = Files.createDirectories(home.resolve("voices/.an.2"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        new VoiceFolders(home)
                .add(
                        "lan",
                        new Recording(Golden.reference(), 24_000),
                        Passage.composed("Một."),
                        Traits.NONE);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    private List<String> names(Traits wish) {
        return book.matching(wish).stream().map(ListedVoice::name).toList();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(home.resolve("voices"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ListedVoice voice(String name, Traits traits, boolean isOwn) {
        Voice voice = new Voice(name, name + ".wav", Passage.composed("Một."), traits);
        return new ListedVoice(voice, Path.of(name + ".wav"), isOwn);
    }
}
