package dev.snug.server.account;

import dev.snug.server.http.HttpException;
import dev.snug.server.store.Database;
import dev.snug.server.store.Statements;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who there is. Every account may do everything; a token of it may be given less.
 *
 * <p>Beside those of the database there may be {@code admin}, whose password's hash the environment
 * says: for hosts that lose their disk. It stands before one of the database with that name.
 */
public final class Accounts {
    /** Name of the account that the environment names. */
    public static final String ADMIN = "admin";

    /** Most accounts of a database. */
    public static final int ACCOUNTS_MOST = 1000;

    private final Database database;
    private final Passwords passwords;
    private final InstantSource clock;
    private final @Nullable String adminHash;
    private final ReentrantLock turn = new ReentrantLock();
    private final FirstLink first;

    /**
     * The accounts of a database.
     *
     * @param adminHash bcrypt hash of {@link #ADMIN}'s password; null for none
     * @throws AccountException when that is no such hash, or one that costs too little
     */
    public Accounts(
            Database database,
            Passwords passwords,
            InstantSource clock,
            @Nullable String adminHash) {
        if (adminHash != null) {
            Passwords.requireHash(adminHash, "SNUG_ADMIN_PASSWORD_HASH");
        }
        this.database = database;
        this.passwords = passwords;
        this.clock = clock;
        this.adminHash = adminHash;
        this.first = new FirstLink(clock);
    }

    /**
     * Makes an account.
     *
     * @throws AccountException when name or password will not do, or the name is taken
     */
    public void add(String name, String password) {
        requireName(name);
        String hash = passwords.hash(password);
        database.write(
                statements -> {
                    insert(statements, name, hash);
                    return true;
                });
    }

    /**
     * Removes an account with its sessions and tokens.
     *
     * @throws AccountException when there is none, or the environment names it
     */
    public void remove(String name) {
        requireOfDatabase(name);
        boolean isRemoved =
                database.write(
                        statements -> {
                            statements.change("delete from session where account = ?", name);
                            statements.change("delete from api_token where account = ?", name);
                            return statements.change("delete from account where name = ?", name)
                                    > 0;
                        });
        requireThere(isRemoved, name);
    }

    /**
     * Gives an account another password and ends its sessions; its tokens stay.
     *
     * @throws AccountException when there is none, the environment names it, or the password will
     *     not do
     */
    public void changePassword(String name, String password) {
        requireOfDatabase(name);
        String hash = passwords.hash(password);
        boolean isChanged =
                database.write(
                        statements -> {
                            statements.change("delete from session where account = ?", name);
                            return statements.change(
                                            "update account set password = ? where name = ?",
                                            hash,
                                            name)
                                    > 0;
                        });
        requireThere(isChanged, name);
    }

    /** All of them by name, the environment's first. */
    public List<Account> list() {
        List<Account> all = new ArrayList<>();
        if (adminHash != null) {
            all.add(new Account(ADMIN, 0, true));
        }
        for (Account account :
                database.read(
                        statements ->
                                statements.all(
                                        "select name, created from account order by name limit "
                                                + ACCOUNTS_MOST,
                                        row -> new Account(row.text(1), row.whole(2), false)))) {
            if (adminHash == null || !account.name().equals(ADMIN)) {
                all.add(account);
            }
        }
        return all;
    }

    /** Whether there is nobody: then {@link #offerFirst} lets the first one in. */
    public boolean isEmpty() {
        return adminHash == null && database.read(Accounts::count) == 0;
    }

    /**
     * The secret with which {@link #first} makes the first account, for a link that is said once to
     * whoever starts the server: {@code /first?token=…}. It ends after 30 minutes, with its use, or
     * when it is offered anew.
     */
    public String offerFirst() {
        turn.lock();
        try {
            return first.renew();
        } finally {
            turn.unlock();
        }
    }

    /** Whether {@link #first} would take {@code token}. */
    public boolean isFirst(String token) {
        turn.lock();
        try {
            return first.opensWith(token);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Makes the first account; a name or a password that will not do does not use the secret up.
     *
     * @throws HttpException 403 when the secret is wrong, old or used, or somebody is there
     *     already; 400 when name or password will not do
     */
    public void first(String token, String name, String password) {
        turn.lock();
        try {
            if (!first.opensWith(token)) {
                throw HttpException.of(
                        403,
                        "bad_link",
                        "this link was used, is older than 30 minutes or was never given; start the"
                                + " server again for a new one, or use `snug account add`");
            }
            requireName(name);
            String hash = passwords.hash(password);
            database.write(
                    statements -> {
                        if (count(statements) > 0) {
                            throw HttpException.of(
                                    403, "bad_link", "there is an account already: sign in");
                        }
                        insert(statements, name, hash);
                        return true;
                    });
            first.end();
        } catch (AccountException e) {
            throw HttpException.of(400, "bad_account", String.valueOf(e.getMessage()));
        } finally {
            turn.unlock();
        }
    }

    /** Whether the account is there and this is its password; both take equally long. */
    boolean isRight(String name, String password) {
        return passwords.matches(password, hash(name).orElse(null));
    }

    /** What changes with the password of an account: a session began with one is of that one. */
    Optional<String> stamp(String name) {
        return hash(name).map(hash -> HexFormat.of().formatHex(Secret.sha256(hash)));
    }

    /** Whether there is an account of this name. */
    public boolean contains(String name) {
        return hash(name).isPresent();
    }

    private Optional<String> hash(String name) {
        if (adminHash != null && name.equals(ADMIN)) {
            return Optional.of(adminHash);
        }
        if (!Account.isName(name)) {
            return Optional.empty();
        }
        return database.read(
                statements ->
                        statements.first(
                                "select password from account where name = ?",
                                row -> row.text(1),
                                name));
    }

    private void insert(Statements statements, String name, String hash) throws SQLException {
        boolean isTaken =
                (adminHash != null && name.equals(ADMIN))
                        || statements.whole("select count(*) from account where name = ?", name)
                                > 0;
        if (isTaken) {
            throw AccountException.taken("there is an account " + name + " already");
        }
        if (count(statements) >= ACCOUNTS_MOST) {
            throw AccountException.taken("there are " + ACCOUNTS_MOST + " accounts, the most");
        }
        statements.change(
                "insert into account(name, password, created) values(?, ?, ?)",
                name,
                hash,
                clock.millis());
    }

    private static long count(Statements statements) throws SQLException {
        return statements.whole("select count(*) from account");
    }

    private static void requireName(String name) {
        if (!Account.isName(name)) {
            throw AccountException.invalid(
                    "an account's name is 1 to "
                            + Account.NAME_CHARS
                            + " of the letters a to z, digits, '.', '_' and '-'");
        }
    }

    private void requireOfDatabase(String name) {
        requireName(name);
        if (adminHash != null && name.equals(ADMIN)) {
            throw AccountException.invalid(
                    "SNUG_ADMIN_PASSWORD_HASH names the account "
                            + ADMIN
                            + ": change or unset that");
        }
    }

    private static void requireThere(boolean isThere, String name) {
        if (!isThere) {
            throw AccountException.missing("there is no account " + name);
        }
    }
}
