package dev.snug.server.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;

import dev.snug.server.http.HttpException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Passwords as bcrypt hashes (Provos and Mazières 1999), {@code $2a$12$…}, 60 characters.
 *
 * <p>A password is 10 to 200 characters, in UTF-8 and composed (NFC), so that the same letters from
 * two keyboards are the same password. bcrypt reads 72 bytes: of a longer password it gets the
 * SHA-512, so that every byte counts.
 *
 * <p>At most {@link #AT_ONCE} are computed at once, and who waits too long is told to come again: a
 * flood of sign-ins cannot take the processor from the others.
 */
public final class Passwords {
    /** 2^12 rounds: 0.4 s of a processor a password (0022). */
    public static final int COST = 12;

    /** The least cost of a hash that comes from outside. */
    public static final int COST_LEAST = 10;

    /** The most: 2^16 rounds take six seconds. */
    public static final int COST_MOST = 16;

    /** Fewest characters of a password. */
    public static final int CHARS_LEAST = 10;

    /** Most characters of a password. */
    public static final int CHARS_MOST = 200;

    private static final int AT_ONCE = 2;
    private static final int WAITING_MOST = 16;
    private static final int WAIT_SECONDS = 10;
    private static final int HASH_CHARS = 60;
    private static final String SALT_AND_HASH =
            "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** Salt and hash that were written by hand: no known password has them. */
    private static final String NOBODY = "$abcdefghijklmnopqrstuuSnug.Snug.Snug.Snug.Snug.Snug.S";

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;

    /** Waits are first come, first served. */
    private final Semaphore computing = new Semaphore(AT_ONCE, true);

    private final int cost;

    /** What an unknown account is compared with, so that it takes as long as a known one. */
    private final String nobody;

    /** Passwords with {@link #COST}. */
    public Passwords() {
        this(COST);
    }

    /** The same with another cost, for tests. */
    Passwords(int cost) {
        this.cost = cost;
        this.nobody = "$2a$" + (cost < 10 ? "0" : "") + cost + NOBODY;
    }

    /**
     * The hash of a new password.
     *
     * @throws AccountException when it is too short or too long
     * @throws HttpException 503 when too many wait
     */
    public String hash(String password) {
        requireGood(password);
        return computed(
                () ->
                        new String(
                                BCrypt.with(VERSION, longPasswords()).hash(cost, bytes(password)),
                                StandardCharsets.US_ASCII));
    }

    /**
     * Whether {@code password} has this hash.
     *
     * @param hash null where there is no such account: that takes as long, and is never so
     * @throws HttpException 503 when too many wait
     */
    public boolean matches(String password, @Nullable String hash) {
        if (chars(password) > CHARS_MOST) {
            // Its length is the client's own doing: no time is spent, and none betrays anything.
            return false;
        }
        byte[] compared = (hash == null ? nobody : hash).getBytes(StandardCharsets.US_ASCII);
        boolean isSame =
                computed(
                        () ->
                                BCrypt.verifyer(VERSION, longPasswords())
                                        .verify(bytes(password), compared)
                                        .verified);
        return isSame && hash != null;
    }

    /**
     * Checks a new password.
     *
     * @throws AccountException when it is too short or too long
     */
    public static void requireGood(String password) {
        int chars = chars(password);
        if (chars < CHARS_LEAST || chars > CHARS_MOST) {
            throw AccountException.invalid(
                    "a password has "
                            + CHARS_LEAST
                            + " to "
                            + CHARS_MOST
                            + " characters; this one has "
                            + chars);
        }
    }

    /**
     * Checks a hash from outside: {@code $2a$}, {@code $2b$} or {@code $2y$}, a cost of {@link
     * #COST_LEAST} to {@link #COST_MOST}, 53 characters.
     *
     * @param where what names it, for the message
     * @throws AccountException when it is something else
     */
    public static void requireHash(String hash, String where) {
        boolean isBcrypt = hash.length() == HASH_CHARS && hash.charAt(6) == '$';
        isBcrypt &= hash.startsWith("$2a$") || hash.startsWith("$2b$") || hash.startsWith("$2y$");
        for (int i = 7; isBcrypt && i < HASH_CHARS; i++) {
            isBcrypt = SALT_AND_HASH.indexOf(hash.charAt(i)) >= 0;
        }
        isBcrypt = isBcrypt && isDigit(hash.charAt(4)) && isDigit(hash.charAt(5));
        if (!isBcrypt) {
            throw AccountException.invalid(
                    where
                            + " is no bcrypt hash ($2a$12$ and 53 more characters); make one with"
                            + " `snug account hash`");
        }
        int cost = Integer.parseInt(hash.substring(4, 6));
        if (cost < COST_LEAST || cost > COST_MOST) {
            throw AccountException.invalid(
                    where
                            + " has the cost "
                            + cost
                            + "; it must be "
                            + COST_LEAST
                            + " to "
                            + COST_MOST
                            + ", "
                            + COST
                            + " is usual: `snug account hash`");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int chars(String password) {
        return password.codePointCount(0, password.length());
    }

    private static LongPasswordStrategy longPasswords() {
        return LongPasswordStrategies.hashSha512(VERSION);
    }

    private static byte[] bytes(String password) {
        return composed(password).getBytes(StandardCharsets.UTF_8);
    }

    /** ASCII is composed as it is; the tables of all else are loaded when they are needed. */
    private static String composed(String password) {
        for (int i = 0; i < password.length(); i++) {
            if (password.charAt(i) >= 0x80) {
                return Normalizer.normalize(password, Normalizer.Form.NFC);
            }
        }
        return password;
    }

    /** What is computed within a turn. */
    @FunctionalInterface
    private interface Computation<T> {
        T compute();
    }

    private <T> T computed(Computation<T> computation) {
        if (computing.getQueueLength() >= WAITING_MOST || !isMyTurn()) {
            throw HttpException.of(
                            503, "busy", "too many sign in at once; try again in a few seconds")
                    .retryAfter(Duration.ofSeconds(WAIT_SECONDS));
        }
        try {
            return computation.compute();
        } finally {
            computing.release();
        }
    }

    private boolean isMyTurn() {
        try {
            return computing.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
