package dev.snug.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds the connections whose client left, in the kernel's table of TCP connections (proc(5)).
 *
 * <p>A connection in the state CLOSE_WAIT was closed by its client; so a client that closes only
 * its own direction and waits for the answer counts as gone. One that is missing from the table was
 * reset; the table is not read at one instant, and an entry may be skipped while others end, so it
 * must be missing twice. Where there is no such table, as on macOS, nobody is found.
 */
final class Departures {
    /** A connection by its two ends. */
    record Connection(InetSocketAddress local, InetSocketAddress peer) {}

    /** Longest part of a table that is read: more than 7000 connections. */
    private static final int BYTES_MOST = 1 << 20;

    private final Path four;
    private final Path six;
    private Set<Connection> missingBefore = Set.of();

    Departures(Path proc) {
        four = proc.resolve("net/tcp");
        six = proc.resolve("net/tcp6");
    }

    /** Those of {@code watched} whose client left. For one thread. */
    Set<Connection> look(Set<Connection> watched) {
        if (watched.isEmpty()) {
            missingBefore = Set.of();
            return Set.of();
        }
        Map<String, Integer> states = new HashMap<>();
        for (Connection connection : watched) {
            states.put(key(connection, true), TcpTable.MISSING);
            if (connection.peer().getAddress() instanceof Inet4Address) {
                states.put(key(connection, false), TcpTable.MISSING);
            }
        }
        boolean sixWhole = read(six, states);
        boolean fourWhole = read(four, states);
        return decide(watched, states, sixWhole && fourWhole);
    }

    private Set<Connection> decide(
            Set<Connection> watched, Map<String, Integer> states, boolean whole) {
        Set<Connection> gone = new HashSet<>();
        Set<Connection> missing = new HashSet<>();
        for (Connection connection : watched) {
            int state =
                    Math.max(
                            states.getOrDefault(key(connection, true), TcpTable.MISSING),
                            states.getOrDefault(key(connection, false), TcpTable.MISSING));
            if (state == TcpTable.CLOSE_WAIT) {
                gone.add(connection);
            } else if (state == TcpTable.MISSING && whole) {
                missing.add(connection);
                if (missingBefore.contains(connection)) {
                    gone.add(connection);
                }
            }
        }
        missingBefore = missing;
        return gone;
    }

    /** True when a table was there and read to its end; a kernel without IPv6 has no second one. */
    private boolean read(Path table, Map<String, Integer> states) {
        if (table.equals(six) && !Files.exists(six)) {
            return Files.exists(four);
        }
        try (InputStream in = Files.newInputStream(table)) {
            return TcpTable.read(in, states, BYTES_MOST);
        } catch (IOException e) {
            return false;
        }
    }

    private static String key(Connection connection, boolean wide) {
        InetAddress local = connection.local().getAddress();
        InetAddress peer = connection.peer().getAddress();
        ByteOrder order = ByteOrder.nativeOrder();
        return TcpTable.end(local, connection.local().getPort(), wide, order)
                + ' '
                + TcpTable.end(peer, connection.peer().getPort(), wide, order);
    }
}
