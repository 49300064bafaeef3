package dev.snug.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.cli.language.Language;
import dev.snug.speech.variant.MelDistance;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

import javax.imageio.ImageIO;

/**
 * The figures of a comparison. The oracles are the definition of the decibel (twice the amplitude
 * is 6.0206 dB), medians counted by hand, and Java's own PNG reader.
 */
final class ComparisonFiguresTest {
    private static final Side A = new Side("voice", 4 << 20, 100 << 20, 2_000_000);
    private static final Side B = new Side("voice:int8", 1 << 20, 80 << 20, 1_000_000);

    @Test
    void twiceTheAmplitudeInEveryBandIsSixDecibels() {
        float[] mel = {-1, 0, 2, -5};
        float[] louder = mel.clone();
        for (int i = 0; i < louder.length; i++) {
            louder[i] += (float) Math.log(2);
        }

        assertThat(MelDistance.decibels(mel, louder).orElseThrow()).isCloseTo(6.0206, within(1e-4));
        assertThat(MelDistance.decibels(mel, mel)).hasValue(0);
    }

    @Test
    void melsOfDifferentLengthHaveNoDistance() {
        assertThat(MelDistance.decibels(new float[100], new float[200])).isEmpty();
        assertThat(MelDistance.decibels(new float[0], new float[0])).isEmpty();
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Spread.of(new double[] {4, 1, 10, 2})).hasValue(new Spread(3, 1, 10));
        assertThat(Spread.of(new double[] {7, 1, 3})).hasValue(new Spread(3, 1, 7));
        assertThat(Spread.of(new double[0])).isEmpty();
    }

    @Test
    void theQualityOfAVoiceLeavesOutSentencesOfOtherLength() {
        Comparison.Speech speech =
                new Comparison.Speech(
                        A,
                        B,
                        List.of(
                                spoken(1, OptionalDouble.of(0.5)),
                                spoken(2, OptionalDouble.empty()),
                                spoken(3, OptionalDouble.of(1.5))),
                        List.of());

        assertThat(speech.quality())
                .containsEntry("cases", 2.0)
                .containsEntry("mel_distance_db_median", 1.0)
                .containsEntry("mel_distance_db_max", 1.5)
                .hasSize(3);
        assertThat(new Comparison.Speech(A, B, List.of(), List.of()).quality()).isEmpty();
    }

    @Test
    void whatTheSecondTookIsToldAsAShareOfTheFirst() {
        List<CostRow> rows =
                CostRow.of(
                        new Comparison.Speech(
                                A, B, List.of(spoken(1, OptionalDouble.of(1))), List.of()));

        assertThat(rows)
                .contains(
                        new CostRow(CostRow.Cost.CPU_OF_THE_PROCESS, "2.000 s", "1.000 s", "0.50"),
                        new CostRow(CostRow.Cost.PEAK, "100.0 MiB", "80.0 MiB", "0.80"),
                        new CostRow(CostRow.Cost.WEIGHTS, "4.0 MiB", "1.0 MiB", "0.25"));
    }

    @Test
    void aSpectrogramHasTimeToTheRightAndHighBandsAbove() throws Exception {
        float[] mel = new float[3 * 4];
        Arrays.fill(mel, -20);
        mel[2 * 4] = 1; // the third frame's lowest band
        ByteArrayOutputStream png = new ByteArrayOutputStream();

        MelPicture.beside(mel, new float[] {1, 1, 1, 1}, 4).write(png);

        var picture = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        assertThat(picture.getWidth()).isEqualTo(6);
        assertThat(picture.getHeight()).isEqualTo(8);
        int dark = picture.getRGB(0, 0);
        assertThat(picture.getRGB(5, 7)).isNotEqualTo(dark).isEqualTo(picture.getRGB(4, 6));
        assertThat(picture.getRGB(0, 7)).isEqualTo(dark);
        assertThat(picture.getRGB(5, 0)).isEqualTo(dark);
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(PageWords.in(Language.VI).stringPropertyNames())
                .isEqualTo(PageWords.in(Language.EN).stringPropertyNames());
        for (KeptQuality.Reason reason : KeptQuality.Reason.values()) {
            assertThat(PageWords.in(Language.EN)).containsKey("kept." + reason);
        }
        for (CostRow.Cost cost : CostRow.Cost.values()) {
            assertThat(PageWords.in(Language.EN)).containsKey("cost." + cost);
        }
    }

    @Test
    void whatComesFromOutsideIsNoMarkup() {
        assertThat(Html.escaped("<b a=\"1\" c='2'>&\u0007Ấ"))
                .isEqualTo("&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;?Ấ");
    }

    private static SpeechCase spoken(int number, OptionalDouble distance) {
        SpeechCase.Answer answer = new SpeechCase.Answer("her", 2, 1, 0.5);
        return new SpeechCase(number, "Xin chào.", answer, answer, distance);
    }
}
