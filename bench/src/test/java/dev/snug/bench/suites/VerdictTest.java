package dev.snug.bench.suites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.BundleException;

import org.junit.jupiter.api.Test;

/** What a user would make of an error. The oracle is the rule of README.md, case by case. */
class VerdictTest {
    private static Verdict.Kind kind(Throwable thrown) {
        return Verdict.of(thrown).kind();
    }

    @Test
    void aLineOfOurOwnIsARefusal() {
        assertThat(kind(new BundleException("x.tar: it is no archive")))
                .isEqualTo(Verdict.Kind.REFUSED);
    }

    @Test
    void twoLinesOrAJavaClassAreUnclear() {
        assertThat(kind(new BundleException("one\ntwo"))).isEqualTo(Verdict.Kind.UNCLEAR);
        assertThat(kind(new BundleException("java.io.EOFException")))
                .isEqualTo(Verdict.Kind.UNCLEAR);
        assertThat(kind(new BundleException(" "))).isEqualTo(Verdict.Kind.UNCLEAR);
    }

    @Test
    void whatJavaThrowsIsACrash() {
        assertThat(kind(new IndexOutOfBoundsException("3"))).isEqualTo(Verdict.Kind.CRASHED);
        assertThat(kind(new OutOfMemoryError("heap"))).isEqualTo(Verdict.Kind.CRASHED);
    }

    @Test
    void aFindingIsTheSameBehindAPipe() {
        Finding found = new Finding(new Verdict(Verdict.Kind.REFUSED, "a\tb"), 12, 1);

        Finding read = Finding.parse(found.line());

        assertThat(read).isEqualTo(new Finding(new Verdict(Verdict.Kind.REFUSED, "a b"), 12, 1));
        assertThat(read.isGood()).isFalse();
    }
}
