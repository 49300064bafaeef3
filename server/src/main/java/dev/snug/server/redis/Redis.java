package dev.snug.server.redis;

import dev.snug.server.redis.RedisException.Kind;

import org.jspecify.annotations.Nullable;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Connections to a Redis or Valkey: made when they are needed, kept for the next, and made anew
 * when the database comes back. For many threads.
 *
 * <p>A database that does not answer is not asked again for a moment, so that of many calls only a
 * few wait. Replies are {@code byte[]}, {@code Long}, {@code List} of these, or null (RESP2).
 */
public final class Redis implements AutoCloseable {
    /** Bytes of the largest value that is sent or read at a time. */
    public static final int PIECE_BYTES = 64 << 10;

    private static final int PORT = 6379;

    /** Connections at a time; 4 are kept. */
    private static final int CONNECTIONS_MAX = 16;

    private static final int IDLE_MAX = 4;

    /** How long a database that is gone is not asked. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final byte[] NO_KEYS = bytes("0");

    private final HostAndPort place;
    private final JedisClientConfig config;
    private final Duration answer;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore free = new Semaphore(CONNECTIONS_MAX);
    private volatile @Nullable Long goneNanos;
    private volatile boolean isClosed;

    /**
     * Nothing is opened yet.
     *
     * @param address {@code redis://host:port/number}, {@code rediss} for TLS with a certificate
     *     that this machine trusts
     * @param password of the default user; null for none
     * @param connect longest time until a connection stands
     * @param answer longest time until a command is answered
     */
    public Redis(URI address, @Nullable String password, Duration connect, Duration answer) {
        int port = address.getPort() < 0 ? PORT : address.getPort();
        this.place = new HostAndPort(address.getHost(), port);
        this.answer = answer;
        String path = address.getPath().replace("/", "");
        boolean isEncrypted = address.getScheme().toLowerCase(Locale.ROOT).equals("rediss");
        // The oldest protocol, and nothing said that a database of 6.2 would not know.
        config =
                DefaultJedisClientConfig.builder()
                        .resp2()
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .connectionTimeoutMillis((int) connect.toMillis())
                        .socketTimeoutMillis((int) answer.toMillis())
                        .password(password)
                        .database(path.isEmpty() ? 0 : Integer.parseInt(path))
                        .sslOptions(isEncrypted ? SslOptions.defaults() : null)
                        .build();
    }

    /** UTF-8. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The words of a command: bytes as they are, all else as text. */
    public static List<byte[]> words(Object... words) {
        List<byte[]> all = new ArrayList<>(words.length);
        for (Object word : words) {
            all.add(word instanceof byte[] bytes ? bytes : bytes(String.valueOf(word)));
        }
        return all;
    }

    /** The text of a reply that is one. */
    public static String text(@Nullable Object reply) {
        return new String((byte[]) Objects.requireNonNull(reply), StandardCharsets.UTF_8);
    }

    /** The values of a reply that has several. */
    public static List<?> list(@Nullable Object reply) {
        return reply == null ? List.of() : (List<?>) reply;
    }

    /**
     * The reply to a command.
     *
     * @throws RedisException when there is none, or it is an error
     */
    public @Nullable Object call(String command, byte[]... arguments) {
        Connection connection = open();
        boolean isSound = false;
        try {
            Object reply = ask(connection, command, arguments);
            isSound = true;
            return reply;
        } catch (JedisConnectionException e) {
            throw gone(e);
        } catch (JedisException e) {
            isSound = true;
            throw refused(e);
        } finally {
            release(connection, isSound);
        }
    }

    /** What a script returns; it names its keys itself. */
    public @Nullable Object run(Script script, List<byte[]> arguments) {
        List<byte[]> all = new ArrayList<>(arguments);
        all.add(0, NO_KEYS);
        all.add(0, bytes(script.sha1()));
        try {
            return call("EVALSHA", all.toArray(byte[][]::new));
        } catch (RedisException e) {
            if (!(e.getCause() instanceof JedisNoScriptException)) {
                throw e;
            }
            all.set(0, bytes(script.text()));
            return call("EVAL", all.toArray(byte[][]::new));
        }
    }

    private static @Nullable Object ask(
            Connection connection, String command, byte[]... arguments) {
        byte[] name = bytes(command);
        connection.sendCommand(() -> name, arguments);
        return connection.getOne();
    }

    private Connection open() {
        Long since = goneNanos;
        if (isClosed || (since != null && System.nanoTime() - since < PAUSE_NANOS)) {
            throw new RedisException(Kind.GONE, place + " does not answer");
        }
        try {
            if (!free.tryAcquire(answer.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new RedisException(
                        Kind.GONE, "all " + CONNECTIONS_MAX + " connections wait for " + place);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException(Kind.GONE, "interrupted", e);
        }
        Connection kept = idle.poll();
        if (kept != null) {
            return kept;
        }
        try {
            return connect();
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private Connection connect() {
        try {
            Connection connection =
                    Connection.builder()
                            .socketFactory(new DefaultJedisSocketFactory(place, config))
                            .clientConfig(config)
                            .build();
            connection.connect();
            goneNanos = null;
            return connection;
        } catch (JedisConnectionException e) {
            throw gone(e);
        } catch (JedisException e) {
            throw refused(e);
        }
    }

    private void release(Connection connection, boolean isSound) {
        if (isSound && !isClosed && idle.size() < IDLE_MAX) {
            idle.push(connection);
        } else {
            end(connection);
        }
        free.release();
    }

    /** What is kept was made to the same database, and is as dead. */
    private RedisException gone(JedisConnectionException e) {
        if (!Thread.currentThread().isInterrupted()) {
            goneNanos = System.nanoTime();
            endIdle();
        }
        return new RedisException(Kind.GONE, place + " does not answer: " + e.getMessage(), e);
    }

    private RedisException refused(JedisException e) {
        String message = String.valueOf(e.getMessage());
        return new RedisException(kind(message), place + ": " + message, e);
    }

    /** By the words with which errors begin, or, before 7.0, which a script's errors hold. */
    static Kind kind(String message) {
        if (message.contains("OOM command not allowed") || message.startsWith("MISCONF")) {
            return Kind.FULL;
        }
        for (String passing : List.of("LOADING", "BUSY", "READONLY", "MASTERDOWN", "TRYAGAIN")) {
            if (message.startsWith(passing + " ")) {
                return Kind.GONE;
            }
        }
        return Kind.REFUSED;
    }

    private void endIdle() {
        for (Connection one = idle.poll(); one != null; one = idle.poll()) {
            end(one);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.disconnect();
        } catch (JedisException e) {
            // It was broken already: nothing is left to be let go.
            connection.setBroken();
        }
    }

    /** Where it is, for people. */
    @Override
    public String toString() {
        return place.toString();
    }

    @Override
    public void close() {
        isClosed = true;
        endIdle();
    }
}
