package dev.snug.server.account;

import dev.snug.server.store.Database;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Accounts, sessions, tokens and who guards them, over a database, with a clock of the test's and
 * hashes that cost little.
 */
final class House implements AutoCloseable {
    static final String PASSWORD = "correct horse";

    /** The least that bcrypt takes: 1 ms. */
    static final int CHEAP = 4;

    final FakeClock clock = new FakeClock();
    final Passwords passwords = new Passwords(CHEAP);
    final Throttle throttle = new Throttle(clock);
    final List<String> log = new ArrayList<>();
    final Database database;
    final Accounts accounts;
    final Sessions sessions;
    final ApiTokens tokens;
    final SignIn signIn;

    private House(Database database, @Nullable String adminHash) {
        this.database = database;
        accounts = new Accounts(database, passwords, clock, adminHash);
        sessions = new Sessions(database, accounts, clock);
        tokens = new ApiTokens(database, accounts, clock);
        signIn = new SignIn(accounts, sessions, throttle);
    }

    static House empty() {
        return new House(Database.inMemory(), null);
    }

    /** With the account "lan". */
    static House withLan() {
        House house = empty();
        house.accounts.add("lan", PASSWORD);
        return house;
    }

    static House in(Path folder, @Nullable String adminHash) {
        return new House(Database.at(folder), adminHash);
    }

    AccountGuard guard(boolean isOpen) {
        return new AccountGuard(sessions, tokens, isOpen, log::add);
    }

    /** Signs lan in and returns the cookie's value. */
    SignIn.Done signedIn() {
        return signIn.with(FakeCall.post("/v1/session"), "lan", PASSWORD);
    }

    @Override
    public void close() {
        database.close();
    }
}
