package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** The oracle are RFC 3986, 2.1 and the URL Standard, 5.1. */
class PercentTest {
    @Test
    void escapesAreUtf8AndAPlusIsASpaceInFormsAlone() {
        assertThat(Percent.decode("Xin%20ch%C3%a0o+1", true)).isEqualTo("Xin chào 1");
        assertThat(Percent.decode("Xin%20ch%C3%a0o+1", false)).isEqualTo("Xin chào+1");
        assertThat(Percent.decode("", true)).isEmpty();
    }

    @Test
    void whatIsNoEscapeOrNoUtf8IsRefused() {
        for (String raw : List.of("%", "%4", "%zz", "a%4", "%C3", "%ff", "%c0%80", "%ed%a0%80")) {
            assertThatThrownBy(() -> Percent.decode(raw, true))
                    .as(raw)
                    .isInstanceOfSatisfying(
                            HttpException.class, e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    @Test
    void fieldsKeepTheirOrderAndTheFirstOrTheLastOfEqualNamesCounts() {
        String raw = "a=1&b=x%3Dy%26z&&c&a=2&=d&e=f=g";
        Map<String, String> last = Map.of("a", "2", "b", "x=y&z", "c", "", "", "d", "e", "f=g");
        assertThat(Percent.fields(raw, false)).containsExactlyInAnyOrderEntriesOf(last);
        assertThat(Percent.fields(raw, true)).containsEntry("a", "1").hasSize(5);
        assertThat(Percent.fields("", true)).isEmpty();
    }

    @Test
    void moreFieldsThanAllowedAreRefused() {
        assertThat(Percent.fields("a=1&".repeat(64), true)).hasSize(1);
        assertThatThrownBy(() -> Percent.fields("a=1&".repeat(65), true))
                .isInstanceOf(HttpException.class)
                .hasMessageContaining("at most 64 fields");
    }

    @Test
    void aCookieIsFoundByItsWholeName() {
        String line = "asession=x; session = \"abc=\" ;b=2; session=other; flag";
        assertThat(Cookies.value(line, "session")).isEqualTo("abc=");
        assertThat(Cookies.value(line, "b")).isEqualTo("2");
        assertThat(Cookies.value(line, "flag")).isNull();
        assertThat(Cookies.value(line, "sess")).isNull();
        assertThat(Cookies.value("", "a")).isNull();
        assertThat(Cookies.value("a=\"", "a")).isEqualTo("\"");
    }
}
