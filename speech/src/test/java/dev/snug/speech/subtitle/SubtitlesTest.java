package dev.snug.speech.subtitle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What is shown when. The oracles are counts of letters done by hand, WebVTT and SubRip. */
final class SubtitlesTest {
    private static final long SECOND = 24_000;

    private static List<Cue> cues(List<Timing.Shown> shown, List<Timing.Stretch> stretches) {
        return Timing.cues(shown, stretches, String::length);
    }

    private static Timing.Shown shown(String text) {
        return new Timing.Shown(text, Timing.letters(text));
    }

    @Test
    void aSentenceThatBeginsAChunkBeginsAtItsSample() {
        List<Cue> cues =
                cues(
                        List.of(shown("Một hai."), shown("Ba bốn."), shown("Năm.")),
                        List.of(
                                new Timing.Stretch("Một hai.", 100, 5_000),
                                new Timing.Stretch("Ba bốn. Năm.", 7_000, 19_000)));

        assertThat(cues)
                .containsExactly(
                        new Cue(100, 5_000, "Một hai."),
                        // Seven of twelve characters, and the rest.
                        new Cue(7_000, 13_000, "Ba bốn."),
                        new Cue(13_000, 19_000, "Năm."));
    }

    @Test
    void aReadingThatIsLongerThanItsWritingMovesOnlyWhatIsInItsChunk() {
        List<Cue> cues =
                cues(
                        List.of(new Timing.Shown("5%", 12), shown("Hết rồi nhé.")),
                        List.of(
                                new Timing.Stretch("năm phần trăm.", 0, 1_000),
                                new Timing.Stretch("Hết rồi nhé.", 1_000, 2_000)));
        assertThat(cues)
                .containsExactly(new Cue(0, 1_000, "5%"), new Cue(1_000, 2_000, "Hết rồi nhé."));
    }

    @Test
    void whatHasNoLetterIsNotShown() {
        assertThat(
                        cues(
                                List.of(shown("***"), shown("A b.")),
                                List.of(new Timing.Stretch("A b.", 0, 10))))
                .containsExactly(new Cue(0, 10, "A b."));
    }

    @Test
    void longSentencesAreCutAtClausesAndShownOnTwoLines() {
        String sentence =
                "Trăng lên cao, soi sáng cả khu vườn nhỏ sau nhà, nơi bà nội vẫn ngồi kể chuyện cho"
                        + " chúng tôi nghe mỗi khi hè về.";
        List<String> cues = CueText.of("Ngắn. " + sentence);

        assertThat(cues).hasSize(3).startsWith("Ngắn.");
        assertThat(String.join(" ", cues)).isEqualTo("Ngắn. " + sentence);
        assertThat(cues.get(1)).endsWith("nhà,");
        for (String cue : cues) {
            assertThat(CueText.lines(cue).lines().count()).isLessThanOrEqualTo(2);
            assertThat(CueText.lines(cue).lines())
                    .allMatch(line -> line.length() <= CueText.LINE_CHARS + 4);
        }
    }

    @Test
    void filesAreWrittenAsTheirReadersWantThem() {
        Cue cue = new Cue(3_661 * SECOND + 12, 3_662 * SECOND, "a < b & c --> d");

        assertThat(SubtitleFormat.SRT.head() + SubtitleFormat.SRT.block(7, cue))
                .isEqualTo("7\n01:01:01,001 --> 01:01:02,000\na < b & c —> d\n\n");
        assertThat(SubtitleFormat.VTT.head() + SubtitleFormat.VTT.block(7, cue))
                .isEqualTo(
                        "WEBVTT\n\n01:01:01.001 --> 01:01:02.000\na &lt; b &amp; c --&gt; d\n\n");
    }
}
