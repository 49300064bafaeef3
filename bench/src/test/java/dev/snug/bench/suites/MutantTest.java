package dev.snug.bench.suites;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Damage to files. The oracle is the content before it. */
class MutantTest {
    private static final byte[] CONTENT = new byte[2000];

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i * 7);
        }
    }

    @Test
    void theSameNumberIsTheSameDamageAndTheContentStays() {
        byte[] before = CONTENT.clone();

        assertThat(Mutant.of(CONTENT, 5)).isEqualTo(Mutant.of(CONTENT, 5));
        assertThat(CONTENT).isEqualTo(before);
    }

    @Test
    void mostNumbersAreDamageOfTheirOwn() {
        Set<Integer> forms = new HashSet<>();
        for (int number = 0; number < 100; number++) {
            byte[] damaged = Mutant.of(CONTENT, number);
            if (!Arrays.equals(damaged, CONTENT)) {
                forms.add(Arrays.hashCode(damaged));
            }
        }

        assertThat(forms).hasSizeGreaterThan(90);
    }

    @Test
    void ofNothingSomethingIsMade() {
        assertThat(Mutant.of(new byte[0], 1)).hasSize(1);
    }
}
