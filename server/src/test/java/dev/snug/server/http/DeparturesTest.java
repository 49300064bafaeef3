package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tables in the form of proc(5) on a little-endian machine, made by hand; then a real kernel. */
class DeparturesTest {
    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                    + "  timeout inode\n";
    private static final String REST =
            " 00000000:00000000 00:00000000 00000000     0        0 83923 1 0000000000000000"
                    + " 20 4 30 10 -1\n";
    private static final Departures.Connection FOUR = connection("127.0.0.1", "192.0.2.9", 50001);
    private static final Departures.Connection SIX = connection("::1", "2001:db8::ff", 50002);

    @TempDir Path proc;

    @BeforeEach
    void makeTheFolder() throws IOException {
        Files.createDirectories(proc.resolve("net"));
    }

    @Test
    void anEndIsWrittenAsTheKernelWritesIt() {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        ByteOrder little = ByteOrder.LITTLE_ENDIAN;
        assertThat(TcpTable.end(loopback, 8080, false, little)).isEqualTo("0100007F:1F90");
        assertThat(TcpTable.end(loopback, 8080, false, ByteOrder.BIG_ENDIAN))
                .isEqualTo("7F000001:1F90");
        assertThat(TcpTable.end(loopback, 80, true, little))
                .isEqualTo("0000000000000000FFFF00000100007F:0050");
        assertThat(TcpTable.end(InetAddress.ofLiteral("2001:db8::ff"), 65535, true, little))
                .isEqualTo("B80D01200000000000000000FF000000:FFFF");
    }

    @Test
    void statesAreFoundByBothEnds() throws IOException {
        String key = "0100007F:1F90 090200C0:C351";
        Map<String, Integer> states = new HashMap<>(Map.of(key, TcpTable.MISSING));
        String table =
                HEADING
                        + "   0: 0100007F:1F90 00000000:0000 0A"
                        + REST
                        + " 123: "
                        + key
                        + " 08"
                        + REST
                        + "rubbish\n\n: \n::::\n";
        assertThat(read(table, states, 4096)).isTrue();
        assertThat(states).containsExactly(Map.entry(key, TcpTable.CLOSE_WAIT));
    }

    @Test
    void aTableIsReadToABound() throws IOException {
        Map<String, Integer> states = new HashMap<>();
        assertThat(read(HEADING + "x".repeat(10_000), states, 8192)).isFalse();
        assertThat(read(HEADING + "x".repeat(10_000), states, 1 << 20)).isTrue();
    }

    @Test
    void whoClosedTheirSideIsGone() throws IOException {
        write("tcp", line("0100007F:1F90", "090200C0:C351", "08"));
        write(
                "tcp6",
                line(
                        "00000000000000000000000001000000:1F90",
                        "B80D01200000000000000000FF000000:C352",
                        "01"));
        assertThat(new Departures(proc).look(Set.of(FOUR, SIX))).containsExactly(FOUR);
    }

    @Test
    void anAddressOfVersion4IsFoundInTheTableOfVersion6() throws IOException {
        String local = "0000000000000000FFFF00000100007F:1F90";
        String peer = "0000000000000000FFFF0000090200C0:C351";
        write("tcp", "");
        write("tcp6", line(local, peer, "01"));
        Departures departures = new Departures(proc);
        assertThat(departures.look(Set.of(FOUR))).isEmpty();
        assertThat(departures.look(Set.of(FOUR))).isEmpty();
        write("tcp6", line(local, peer, "08"));
        assertThat(departures.look(Set.of(FOUR))).containsExactly(FOUR);
    }

    @Test
    void whoIsMissingTwiceIsGone() throws IOException {
        write("tcp", "");
        Departures departures = new Departures(proc);
        assertThat(departures.look(Set.of(FOUR))).isEmpty();
        assertThat(departures.look(Set.of(FOUR, SIX))).containsExactly(FOUR);
        assertThat(departures.look(Set.of())).isEmpty();
        assertThat(departures.look(Set.of(SIX))).isEmpty();
    }

    @Test
    void nobodyIsGoneWhereThereIsNoTableOrTooLongAOne() throws IOException {
        Departures departures = new Departures(proc);
        assertThat(departures.look(Set.of(FOUR))).isEmpty();
        assertThat(departures.look(Set.of(FOUR))).isEmpty();
        write("tcp", "x".repeat((1 << 20) + 1));
        assertThat(departures.look(Set.of(FOUR))).isEmpty();
        assertThat(departures.look(Set.of(FOUR))).isEmpty();
    }

    /** The same against this machine's kernel. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aRealConnectionIsSeenToEnd() throws Exception {
        Departures departures = new Departures(Path.of("/proc"));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Departures.Connection connection =
                    new Departures.Connection(
                            (InetSocketAddress) accepted.getLocalSocketAddress(),
                            (InetSocketAddress) accepted.getRemoteSocketAddress());
            for (int i = 0; i < 3; i++) {
                assertThat(departures.look(Set.of(connection))).isEmpty();
            }
            client.shutdownOutput();
            Set<Departures.Connection> gone = Set.of();
            for (int i = 0; i < 100 && gone.isEmpty(); i++) {
                Thread.sleep(5);
                gone = departures.look(Set.of(connection));
            }
            assertThat(gone).containsExactly(connection);
        }
    }

    private void write(String name, String lines) throws IOException {
        Files.writeString(proc.resolve("net").resolve(name), HEADING + lines);
    }

    private static String line(String local, String peer, String state) {
        return "   7: " + local + " " + peer + " " + state + REST;
    }

    private static boolean read(String table, Map<String, Integer> states, int bytesMost)
            throws IOException {
        byte[] bytes = table.getBytes(StandardCharsets.US_ASCII);
        return TcpTable.read(new ByteArrayInputStream(bytes), states, bytesMost);
    }

    private static Departures.Connection connection(String local, String peer, int port) {
        return new Departures.Connection(
                new InetSocketAddress(InetAddress.ofLiteral(local), 8080),
                new InetSocketAddress(InetAddress.ofLiteral(peer), port));
    }
}
