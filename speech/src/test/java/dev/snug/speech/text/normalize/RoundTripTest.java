package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What is read comes back to the value that was written. The oracle is {@link NumberWords}, a
 * parser of Vietnamese number words, and java.time's calendar.
 */
final class RoundTripTest {
    private static final long SEED = 7;
    private static final int MILLION = 1_000_000;

    static List<Profile> profiles() {
        return Profile.NAMED;
    }

    @Test
    void everyIntegerUpToAMillionKeepsItsValue() {
        Normalizer normalizer = Normalizer.of(Profile.DEFAULT);
        for (int i = 0; i <= MILLION; i++) {
            String words = normalizer.normalize(Integer.toString(i)).spoken();
            if (isService(i)) {
                continue;
            }
            if (NumberWords.value(words).intValueExact() != i) {
                assertThat(words).isEqualTo("the value " + i);
            }
        }
    }

    /** Eight digits that begin with 1800 or 1900 are a telephone number. */
    private static boolean isService(long value) {
        return value / 10_000 == 1800 || value / 10_000 == 1900;
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void largeIntegersKeepTheirValueWithAndWithoutMarks(Profile profile) {
        Normalizer normalizer = Normalizer.of(profile);
        Random random = new Random(SEED);
        BigInteger most = BigInteger.TEN.pow(18);
        for (int i = 0; i < 20_000; i++) {
            BigInteger value = new BigInteger(1 + random.nextInt(59), random).min(most);
            if (isService(value.longValue())) {
                continue;
            }
            String grouped = String.format(Locale.GERMANY, "%,d", value);
            assertThat(NumberWords.value(said(normalizer, value.toString()))).isEqualTo(value);
            if (profile.mark() != Profile.Mark.POINT) {
                assertThat(NumberWords.value(said(normalizer, grouped))).isEqualTo(value);
            }
        }
        assertThat(NumberWords.value(said(normalizer, most.toString()))).isEqualTo(most);
    }

    @Test
    void beyondTheBoundDigitsAreSaidOneByOne() {
        String digits = "12345678901234567890123";

        assertThat(said(Normalizer.of(Profile.DEFAULT), digits))
                .isEqualTo(NumberWords.digits(digits));
    }

    @Test
    void everyDateOfTwoCenturiesKeepsItsDay() {
        Normalizer normalizer = Normalizer.of(Profile.DEFAULT);
        String[] forms = {"%1$d/%2$d/%3$d", "%1$02d-%2$02d-%3$d", "%3$d-%2$02d-%1$02d"};
        LocalDate end = LocalDate.of(2101, 1, 1);
        int i = 0;
        for (LocalDate day = LocalDate.of(1900, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
            String form = forms[i++ % forms.length];
            String written =
                    form.formatted(day.getDayOfMonth(), day.getMonthValue(), day.getYear());
            if (!day.equals(date(said(normalizer, written)))) {
                assertThat(said(normalizer, written)).isEqualTo("the day " + written);
            }
            String inText = "ngày %d/%d nhé".formatted(day.getDayOfMonth(), day.getMonthValue());
            String said = said(normalizer, inText);
            if (said.contains("phần") || !said.contains(" tháng ") || said.contains("ngày ngày")) {
                assertThat(said).isEqualTo("the day " + inText);
            }
        }
        assertThat(i).isEqualTo(73_414);
    }

    /**
     * "ngày D tháng M năm Y": the word "năm" is also five, so the last that stands alone counts.
     */
    private static LocalDate date(String words) {
        assertThat(words).startsWith("ngày ");
        int month = words.indexOf(" tháng ");
        String rest = words.substring(month + " tháng ".length());
        int year = rest.startsWith("năm năm ") ? 4 : rest.indexOf("năm ");
        return LocalDate.of(
                value(rest.substring(year + "năm ".length())),
                value(rest.substring(0, year).strip()),
                value(words.substring("ngày ".length(), month)));
    }

    @Test
    void everyMinuteOfADayKeepsItsTime() {
        Normalizer normalizer = Normalizer.of(Profile.DEFAULT);
        String[] forms = {"%d:%02d", "%02d:%02d", "%dh%02d", "%02dg%02d", "%d giờ %d phút"};
        for (int minute = 0; minute < 24 * 60; minute++) {
            for (String form : forms) {
                String words = said(normalizer, form.formatted(minute / 60, minute % 60));
                String[] parts = words.split(" giờ ?", -1);
                String minutes = parts[1].replace(" phút", "");
                int read = value(parts[0]) * 60 + (minutes.isEmpty() ? 0 : value(minutes));
                assertThat(read).as("%s of %s", words, form).isEqualTo(minute);
            }
        }
    }

    private static int value(String words) {
        return NumberWords.value(words).intValueExact();
    }

    private static String said(Normalizer normalizer, String written) {
        return normalizer.normalize(written).spoken();
    }
}
