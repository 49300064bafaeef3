package dev.snug.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Passwords and hashes. The oracles are hashes that libxcrypt 4 made ({@code perl -e 'print
 * crypt(…)'}) and the rules of 0022.
 */
final class PasswordsTest {
    private final Passwords passwords = new Passwords(House.CHEAP);

    @Test
    void aHashIsOfItsPasswordAlone() {
        String hash = passwords.hash("correct horse");
        assertThat(hash).startsWith("$2a$04$").hasSize(60);
        assertThat(passwords.matches("correct horse", hash)).isTrue();
        assertThat(passwords.matches("correct horsf", hash)).isFalse();
        assertThat(passwords.hash("correct horse")).isNotEqualTo(hash);
    }

    @Test
    void aHashOfAnotherBcryptIsUnderstood() {
        assertThat(
                        passwords.matches(
                                "correct horse",
                                "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2"))
                .isTrue();
        assertThat(
                        passwords.matches(
                                "m\u1eadt kh\u1ea9u m\u1edbi",
                                "$2y$05$abcdefghijklmnopqrstuuVHbyFrvwbAIedyUHj9qQtFS5QHfJMxi"))
                .isTrue();
        for (String version : new String[] {"$2a$", "$2b$", "$2y$"}) {
            String hash = version + passwords.hash("correct horse").substring(4);
            assertThat(passwords.matches("correct horse", hash)).as(version).isTrue();
        }
    }

    @Test
    void longPasswordsThatDifferLateDiffer() {
        String long72 = "x".repeat(72);
        String hash = passwords.hash(long72 + "a");
        assertThat(passwords.matches(long72 + "a", hash)).isTrue();
        assertThat(passwords.matches(long72 + "b", hash)).isFalse();
        assertThat(passwords.matches(long72, hash)).isFalse();
        assertThat(passwords.matches("x".repeat(71), passwords.hash(long72))).isFalse();
        String vietnamese = "mật khẩu ".repeat(20);
        String other = vietnamese.substring(0, 178) + "ạ ";
        assertThat(passwords.matches(other, passwords.hash(vietnamese))).isFalse();
    }

    @Test
    void theSameLettersFromAnotherKeyboardAreTheSamePassword() {
        String composed = "m\u1eadt kh\u1ea9u m\u1edbi";
        String decomposed = "ma\u0323\u0302t kha\u0302\u0309u mo\u031b\u0301i";
        assertThat(passwords.matches(decomposed, passwords.hash(composed))).isTrue();
    }

    @Test
    void aPasswordHas10To200Characters() {
        for (int chars : new int[] {0, 9, 201}) {
            assertThatThrownBy(() -> passwords.hash("x".repeat(chars)))
                    .isInstanceOf(AccountException.class)
                    .hasMessageContaining("has " + chars);
        }
        assertThat(passwords.hash("x".repeat(10))).isNotEmpty();
        assertThat(passwords.hash("\ud83d\ude00".repeat(200))).isNotEmpty();
        assertThat(passwords.matches("x".repeat(201), passwords.hash("x".repeat(200)))).isFalse();
    }

    @Test
    void nobodyHasEveryPasswordWrong() {
        assertThat(passwords.matches("correct horse", null)).isFalse();
    }

    @Test
    void anUnknownAccountTakesAsLongAsAKnownOne() {
        Passwords slow = new Passwords(9);
        String hash = slow.hash("correct horse");
        slow.matches("warming up", hash);

        long known = nanos(() -> slow.matches("wrong horse", hash));
        long unknown = nanos(() -> slow.matches("wrong horse", null));

        assertThat((double) unknown).isBetween(known * 0.4, known * 2.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$2a$09$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2a$31$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2x$12$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$1a$12$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2a$1x$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2a$12$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBu!",
                "$2a$12$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBuix"
            })
    void aHashFromOutsideIsCheckedAndNotRepeatedInTheMessage(String hash) {
        assertThatThrownBy(() -> Passwords.requireHash(hash, "SNUG_ADMIN_PASSWORD_HASH"))
                .isInstanceOf(AccountException.class)
                .hasMessageStartingWith("SNUG_ADMIN_PASSWORD_HASH")
                .hasMessageContaining("snug account hash")
                .message()
                .doesNotContain("abcdefgh");
    }

    @Test
    void aHashThatCostsEnoughIsTaken() {
        for (int cost = Passwords.COST_LEAST; cost <= Passwords.COST_MOST; cost++) {
            Passwords.requireHash(
                    "$2b$" + cost + "$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", "it");
        }
    }

    private static long nanos(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            work.run();
            least = Math.min(least, System.nanoTime() - start);
        }
        return least;
    }
}
