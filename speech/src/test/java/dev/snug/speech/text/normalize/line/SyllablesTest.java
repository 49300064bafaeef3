package dev.snug.speech.text.normalize.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

/** Which words are syllables. The oracle is running text of a school book kind, and other words. */
final class SyllablesTest {
    private static final String TEXT =
            "tất cả mọi người sinh ra đều có quyền bình đẳng tạo hóa cho họ những quyền không ai có"
                + " thể xâm phạm được trong những quyền ấy có quyền được sống quyền tự do và quyền"
                + " mưu cầu hạnh phúc nghiêng ngả khuya khoắt khuếch khoác ngoằn ngoèo quỳnh giường"
                + " giếng gì yêu yết ủy uyển thuyết nguyệt huýt quốc quý hoạch xoong loảng xoảng"
                + " ướt rượu cừu kỷ mỹ lý y ỷ oẳn tù tì huơ tuần thuở gìn giữ đuềnh đoàng khuỷu tay"
                + " ngoẹo";

    @Test
    void theWordsOfATextAreSyllables() {
        assertThat(Arrays.stream(TEXT.split(" ", -1)).filter(word -> !Syllables.contains(word)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hoà", "hòa", "thuỷ", "thủy", "khoẻ", "khỏe", "tuý", "túy", "loà", "xoè"})
    void theToneMayStandInTheOldPlaceOrTheNew(String word) {
        assertThat(Syllables.contains(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hot",
                "stop",
                "bit",
                "show",
                "iphone",
                "marketing",
                "film",
                "wifi",
                "gmail",
                "kg",
                "ubnd",
                "ca\u0301",
                "ngia",
                "ghu",
                "ke\u1ea3",
                "cê",
                "hoát1",
                "nghiêngg",
                "",
                "zalo",
                "tôt"
            })
    void otherWordsAreNot(String word) {
        assertThat(Syllables.contains(word)).isFalse();
    }
}
