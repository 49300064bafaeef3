package dev.snug.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.store.Database;
import dev.snug.server.store.StoreException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is kept, what goes, and that a failing disk costs no answer. The oracle is what was kept.
 */
final class AnswerCacheTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir private Path folder;

    private final Database database = Database.inMemory();
    private final List<String> log = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_800_000_000);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasKeptIsFoundByItsKeyAlone() {
        AnswerCache cache = cache(10);
        byte[] png = {1, 2, 3};
        cache.keep(key(1), new CachedAnswer(bytes("one"), png));
        cache.keep(key(2), answer("two"));

        CachedAnswer one = cache.find(key(1)).orElseThrow();
        assertThat(one.json()).isEqualTo(bytes("one"));
        assertThat(one.png()).isEqualTo(png);
        assertThat(cache.find(key(2)).orElseThrow().png()).isNull();
        assertThat(cache.find(key(3))).isEmpty();
        assertThat(cache.hits()).isEqualTo(2);
        assertThat(cache.misses()).isEqualTo(1);
    }

    @Test
    void theSameKeyKeepsTheLaterAnswer() {
        AnswerCache cache = cache(10);
        cache.keep(key(1), answer("old"));
        cache.keep(key(1), answer("new"));
        assertThat(cache.find(key(1)).orElseThrow().json()).isEqualTo(bytes("new"));
    }

    @Test
    void theLongestUnusedGoesWhenThereAreTooMany() {
        AnswerCache cache = cache(3);
        for (int i = 1; i <= 3; i++) {
            cache.keep(key(i), answer("x"));
            now = now.plus(Duration.ofMinutes(2));
        }
        assertThat(cache.find(key(1))).isPresent();
        now = now.plus(Duration.ofMinutes(2));
        cache.keep(key(4), answer("x"));

        assertThat(cache.find(key(2))).isEmpty();
        for (int i : new int[] {1, 3, 4}) {
            assertThat(cache.find(key(i))).as("key %d", i).isPresent();
        }
    }

    @Test
    void theLongestUnusedGoWhenTheyTakeTooManyBytes() {
        AnswerCache cache = on(new DatabaseAnswers(database, 1000, 1000, DAY, () -> now));
        for (int i = 0; i < 200; i++) {
            cache.keep(key(i), answer("x".repeat(10)));
            now = now.plusSeconds(1);
        }
        cache.keep(key(201), answer("x".repeat(505)));

        long kept = 0;
        for (int i = 0; i < 200; i++) {
            kept += cache.find(key(i)).isPresent() ? 1 : 0;
        }
        assertThat(kept).isEqualTo(49);
        assertThat(cache.find(key(199))).isPresent();
        assertThat(cache.find(key(201))).isPresent();
    }

    @Test
    void anAnswerIsForgottenInTimeHoweverOftenItIsUsed() {
        AnswerCache cache = cache(10);
        cache.keep(key(1), answer("x"));
        now = now.plus(DAY).minusMillis(1);
        assertThat(cache.find(key(1))).isPresent();
        now = now.plusMillis(1);
        assertThat(cache.find(key(1))).isEmpty();
    }

    @Test
    void anAnswerThatIsTooLargeIsNotKept() {
        AnswerCache cache = cache(10);
        cache.keep(key(1), new CachedAnswer(new byte[CachedAnswer.JSON_BYTES + 1], null));
        cache.keep(key(2), new CachedAnswer(bytes("x"), new byte[CachedAnswer.PNG_BYTES + 1]));
        cache.keep(
                key(3),
                new CachedAnswer(
                        new byte[CachedAnswer.JSON_BYTES], new byte[CachedAnswer.PNG_BYTES]));
        assertThat(cache.find(key(1))).isEmpty();
        assertThat(cache.find(key(2))).isEmpty();
        assertThat(cache.find(key(3))).isPresent();
    }

    @Test
    void purgingForgetsAll() {
        AnswerCache cache = cache(10);
        cache.keep(key(1), answer("x"));
        cache.keep(key(2), answer("x"));
        assertThat(cache.purge()).isEqualTo(2);
        assertThat(cache.find(key(1))).isEmpty();
    }

    @Test
    void whatWasForgottenIsNotInTheFileAnyMore() throws Exception {
        String mark = "dermatofibroma-0.93";
        try (Database file = Database.at(folder)) {
            AnswerCache cache = on(new DatabaseAnswers(file, 10, DAY, () -> now));
            cache.keep(key(1), answer(mark));
            cache.purge();
        }
        assertThat(Files.readString(folder.resolve("server.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain(mark);
    }

    @Test
    void aCacheThatIsOffTouchesNothing() {
        AnswerCache cache = cache(0);
        cache.keep(key(1), answer("x"));
        assertThat(cache.find(key(1))).isEmpty();
        assertThat(cache.purge()).isZero();
        assertThat(cache.isOn()).isFalse();
        assertThat(cache.misses()).isZero();
        assertThat(database.isOpen()).isFalse();
    }

    @Test
    void aDiskThatFailsIsSaidOnceAndCostsNoAnswer() throws Exception {
        Files.writeString(folder.resolve("server.db"), "no database ".repeat(100));
        try (Database broken = Database.at(folder)) {
            AnswerCache cache = on(new DatabaseAnswers(broken, 10, DAY, () -> now));
            cache.keep(key(1), answer("x"));
            assertThat(cache.find(key(1))).isEmpty();
            assertThat(cache.misses()).isEqualTo(1);
            assertThat(log).singleElement().asString().contains("server.db", "damaged");
            assertThatThrownBy(cache::purge).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aKeyOfAnotherLengthIsAMistake() {
        assertThatThrownBy(() -> cache(10).find(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private AnswerCache cache(int entries) {
        return new AnswerCache(
                new DatabaseAnswers(database, entries, DAY, () -> now), entries > 0, log::add);
    }

    private AnswerCache on(AnswerStore store) {
        return new AnswerCache(store, true, log::add);
    }

    private static byte[] key(int number) {
        byte[] key = new byte[AnswerCache.KEY_BYTES];
        Arrays.fill(key, (byte) number);
        return key;
    }

    private static CachedAnswer answer(String json) {
        return new CachedAnswer(bytes(json), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
