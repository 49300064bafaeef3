package dev.snug.speech.text.foreign;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** The six tones, and the vowels that carry their marks. */
enum Tone {
    LEVEL("aăâeêioôơuưy"),
    FALLING("àằầèềìòồờùừỳ"),
    RISING("áắấéếíóốớúứý"),
    ASKING("ảẳẩẻểỉỏổởủửỷ"),
    TUMBLING("ãẵẫẽễĩõỗỡũữỹ"),
    HEAVY("ạặậẹệịọộợụựỵ");

    /** Behind the last Vietnamese letter of Unicode. */
    private static final int LETTERS_END = 0x1F00;

    private static final @Nullable Tone[] TONES = tones();

    private final String vowels;

    Tone(String vowels) {
        this.vowels = vowels;
    }

    /** The tone that {@code letter} carries; empty where it is no lower-case vowel. */
    static Optional<Tone> of(char letter) {
        return letter < LETTERS_END ? Optional.ofNullable(TONES[letter]) : Optional.empty();
    }

    private static @Nullable Tone[] tones() {
        @Nullable Tone[] tones = new @Nullable Tone[LETTERS_END];
        for (Tone tone : values()) {
            tone.vowels.chars().forEach(vowel -> tones[vowel] = tone);
        }
        return tones;
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
