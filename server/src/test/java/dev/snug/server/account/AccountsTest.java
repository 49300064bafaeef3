package dev.snug.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.snug.server.http.HttpException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;

/** Accounts, the first one, and the one of the environment. */
final class AccountsTest {
    private final House house = House.empty();
    private final Accounts accounts = house.accounts;

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void anAccountIsThereUntilItIsRemoved() {
        assertThat(accounts.isEmpty()).isTrue();
        accounts.add("minh", House.PASSWORD);
        accounts.add("lan", House.PASSWORD);

        assertThat(accounts.list()).extracting(Account::name).containsExactly("lan", "minh");
        assertThat(accounts.isRight("lan", House.PASSWORD)).isTrue();
        assertThat(accounts.isRight("lan", "wrong horse")).isFalse();

        accounts.remove("lan");
        assertThat(accounts.list()).extracting(Account::name).containsExactly("minh");
        assertThat(accounts.isRight("lan", House.PASSWORD)).isFalse();
        assertThatThrownBy(() -> accounts.remove("lan")).hasMessage("there is no account lan");
    }

    @Test
    void aNameIsTakenOnce() {
        accounts.add("lan", House.PASSWORD);
        assertThatThrownBy(() -> accounts.add("lan", "another one"))
                .isInstanceOfSatisfying(
                        AccountException.class,
                        e -> assertThat(e.kind()).isEqualTo(AccountException.Kind.TAKEN));
        assertThat(accounts.isRight("lan", House.PASSWORD)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Lan", "lan ", "l\u00e2n", "a/b", "a\nb", "'; drop table account"})
    void aNameIsOfFewCharacters(String name) {
        assertThatThrownBy(() -> accounts.add(name, House.PASSWORD))
                .isInstanceOf(AccountException.class);
        assertThat(accounts.isRight(name, House.PASSWORD)).isFalse();
    }

    @Test
    void aNameHas64CharactersAtMost() {
        accounts.add("x".repeat(64), House.PASSWORD);
        assertThatThrownBy(() -> accounts.add("x".repeat(65), House.PASSWORD))
                .hasMessageContaining("1 to 64");
    }

    @Test
    void theFirstLinkMakesOneAccountOnce() {
        String token = accounts.offerFirst();
        assertThat(accounts.isFirst(token)).isTrue();
        assertThat(accounts.isFirst(token + "x")).isFalse();
        assertThat(refusedFirst("wrong", "lan").status()).isEqualTo(403);
        HttpException bad = refusedFirst(token, "Not A Name");
        assertThat(bad.status()).isEqualTo(400);

        accounts.first(token, "lan", House.PASSWORD);

        assertThat(accounts.isRight("lan", House.PASSWORD)).isTrue();
        assertThat(refusedFirst(token, "minh").code()).isEqualTo("bad_link");
        assertThat(accounts.isFirst(token)).isFalse();
    }

    @Test
    void theFirstLinkEndsAfterHalfAnHourAndWhenAnotherIsOffered() {
        String old = accounts.offerFirst();
        String token = accounts.offerFirst();
        assertThat(refusedFirst(old, "lan").code()).isEqualTo("bad_link");
        house.clock.pass(Duration.ofMinutes(30));
        assertThat(refusedFirst(token, "lan").code()).isEqualTo("bad_link");
        assertThat(accounts.list()).isEmpty();
    }

    @Test
    void theFirstLinkOpensNothingWhereSomebodyIsThere() {
        String token = accounts.offerFirst();
        accounts.add("lan", House.PASSWORD);
        assertThat(refusedFirst(token, "minh").words()).contains("sign in");
        assertThat(accounts.list()).hasSize(1);
    }

    @Test
    void theEnvironmentsAdminNeedsNoDiskAndCannotBeChangedHere(@TempDir Path folder) {
        String hash = new Passwords(Passwords.COST_LEAST).hash(House.PASSWORD);
        try (House hosted = House.in(folder.resolve("absent"), hash)) {
            assertThat(hosted.accounts.isEmpty()).isFalse();
            assertThat(hosted.accounts.isRight("admin", House.PASSWORD)).isTrue();
            assertThat(hosted.accounts.isRight("admin", "wrong horse")).isFalse();
            assertThat(hosted.database.isOpen()).isFalse();

            assertThat(hosted.accounts.list())
                    .singleElement()
                    .isEqualTo(new Account("admin", 0, true));
            assertThatThrownBy(() -> hosted.accounts.remove("admin"))
                    .hasMessageContaining("SNUG_ADMIN_PASSWORD_HASH");
            assertThatThrownBy(() -> hosted.accounts.changePassword("admin", "x".repeat(10)))
                    .hasMessageContaining("SNUG_ADMIN_PASSWORD_HASH");
            assertThatThrownBy(() -> hosted.accounts.add("admin", House.PASSWORD))
                    .hasMessageContaining("already");
        }
    }

    @Test
    void theEnvironmentsAdminStandsBeforeOneOfTheDatabase(@TempDir Path folder) {
        try (House before = House.in(folder, null)) {
            before.accounts.add("admin", "of the database");
        }
        String hash = new Passwords(Passwords.COST_LEAST).hash("of the environment");
        try (House hosted = House.in(folder, hash)) {
            assertThat(hosted.accounts.isRight("admin", "of the environment")).isTrue();
            assertThat(hosted.accounts.isRight("admin", "of the database")).isFalse();
            assertThat(hosted.accounts.list()).hasSize(1);
        }
    }

    @Test
    void aWeakHashOfTheEnvironmentIsRefused() {
        String hash = house.passwords.hash(House.PASSWORD);
        assertThatThrownBy(() -> House.in(Path.of("unused"), hash))
                .hasMessageContaining("has the cost 4");
    }

    private HttpException refusedFirst(String token, String name) {
        HttpException refused =
                catchThrowableOfType(
                        HttpException.class, () -> accounts.first(token, name, House.PASSWORD));
        assertThat(refused).as("it made an account").isNotNull();
        return refused;
    }
}
