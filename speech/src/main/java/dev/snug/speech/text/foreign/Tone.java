package dev.snug.speech.text.foreign;

import java.util.Optional;

/** The six tones, and the vowels that carry their marks. */
enum Tone {
    LEVEL("aăâeêioôơuưy"),
    FALLING("àằầèềìòồờùừỳ"),
    RISING("áắấéếíóốớúứý"),
    ASKING("ảẳẩẻểỉỏổởủửỷ"),
    TUMBLING("ãẵẫẽễĩõỗỡũữỹ"),
    HEAVY("ạặậẹệịọộợụựỵ");

    private final String vowels;

    Tone(String vowels) {
        this.vowels = vowels;
    }

    /** The tone that {@code letter} carries; empty where it is no lower-case vowel. */
    static Optional<Tone> of(char letter) {
        for (Tone tone : values()) {
            if (tone.vowels.indexOf(letter) >= 0) {
                return Optional.of(tone);
            }
        }
        return Optional.empty();
    }

    /** {@code letter} without the mark of this tone, which it carries. */
    char without(char letter) {
        return LEVEL.vowels.charAt(vowels.indexOf(letter));
    }

    /** The level vowel {@code letter} with the mark of this tone. */
    char on(char letter) {
        return vowels.charAt(LEVEL.vowels.indexOf(letter));
    }
}
