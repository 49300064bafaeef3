package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Own cases by class. The oracle is a reader: every line of cases/ was reviewed, tones included.
 * The spoken text is compared as it is, capitals and marks too.
 */
final class CasesTest {
    private final Normalizer normalizer = Normalizer.of(Profile.DEFAULT);

    @Test
    void everyCaseIsReadAsReviewed() {
        List<CaseFiles.Case> cases = CaseFiles.in("cases");

        assertThat(cases).hasSizeGreaterThanOrEqualTo(1_200);
        assertThat(cases)
                .allSatisfy(
                        one ->
                                assertThat(normalizer.normalize(one.written()).spoken())
                                        .as("%s: %s", one.file(), one.written())
                                        .isEqualTo(one.spoken()));
    }

    @Test
    void thePerNumberWordsOfAllProfilesAreTheirOwn() {
        String year = "năm 2024, 105 người, 1.000 con, số 12/5";

        assertThat(spoken(Profile.DEFAULT, year))
                .isEqualTo(
                        "năm hai nghìn không trăm hai mươi tư, một trăm linh năm người, một nghìn"
                                + " con, số mười hai trên năm");
        assertThat(spoken(Profile.SOUTH, year))
                .isEqualTo(
                        "năm hai ngàn không trăm hai mươi bốn, một trăm lẻ năm người, một ngàn con,"
                                + " số mười hai xẹt năm");
        assertThat(spoken(Profile.CENTRAL, year))
                .isEqualTo(
                        "năm hai ngàn không trăm hai mươi bốn, một trăm linh năm người, một ngàn"
                                + " con, số mười hai trên năm");
        assertThat(spoken(Profile.NEMO, year))
                .isEqualTo(
                        "năm hai nghìn hai mươi tư, một trăm linh năm người, một nghìn con, số mười"
                                + " hai trên năm");
    }

    @Test
    void theDecimalMarkIsASetting() {
        Profile base = Profile.DEFAULT;
        Profile point =
                new Profile(
                        "point",
                        base.zeroTens(),
                        base.thousand(),
                        base.four(),
                        base.zeroHundreds(),
                        base.slash(),
                        Profile.Mark.POINT,
                        base.stroke(),
                        base.letters());

        assertThat(spoken(point, "1,250 kg")).isEqualTo("một nghìn hai trăm năm mươi ki lô gam");
        assertThat(spoken(point, "1.250 kg")).isEqualTo("một phẩy hai năm không ki lô gam");
        assertThat(spoken(base, "1.250 kg")).isEqualTo("một nghìn hai trăm năm mươi ki lô gam");
        assertThat(spoken(base, "1,250 kg")).isEqualTo("một phẩy hai năm không ki lô gam");
    }

    private static String spoken(Profile profile, String written) {
        return Normalizer.of(profile).normalize(written).spoken();
    }
}
