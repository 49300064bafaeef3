package dev.snug.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The image, as far as it can be judged without building it. The oracle is the Dockerfile
 * reference: stages, instructions, and sources that must be in the project.
 */
final class ImageTest {
    private static final Path ROOT = Path.of(System.getProperty("snug.root", ".."));

    @TempDir private Path folder;

    /** Instructions with their continued lines, comments left out. */
    private static List<String> instructions() throws IOException {
        String text = Files.readString(ROOT.resolve("deploy/Dockerfile"));
        return Arrays.stream(
                        text.replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "").split("\n"))
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<String> instructions(String word) throws IOException {
        return instructions().stream().filter(line -> line.startsWith(word + " ")).toList();
    }

    @Test
    void theLastStageIsSmallHasNoRootAndSaysHowItIs() throws IOException {
        List<String> all = instructions();
        List<String> last = all.subList(all.lastIndexOf("FROM ubuntu:24.04"), all.size());

        assertThat(instructions("FROM")).hasSize(2).last().isEqualTo("FROM ubuntu:24.04");
        assertThat(last).contains("USER " + Deployment.USER + ":" + Deployment.USER);
        assertThat(last.indexOf("USER " + Deployment.USER + ":" + Deployment.USER))
                .isGreaterThan(lastIndex(last, "RUN"));
        assertThat(last)
                .anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.contains("/readyz"));
        assertThat(last).contains("EXPOSE " + Deployment.PORT);
        assertThat(last).endsWith("ENTRYPOINT [\"/opt/snug/snug\"]", "CMD [\"serve\"]");
        assertThat(last).noneMatch(line -> line.contains("apt-get") || line.contains("mvn"));
    }

    private static int lastIndex(List<String> lines, String word) {
        int index = -1;
        for (int i = 0; i < lines.size(); i++) {
            index = lines.get(i).startsWith(word + " ") ? i : index;
        }
        return index;
    }

    @Test
    void whatIsCopiedIsInTheProjectOrMadeByTheBuild() throws IOException {
        List<String> made = List.of("/opt/java", "/opt/snug/home", "/opt/snug/cli/target/dist");

        for (String line : instructions("COPY --from=build")) {
            String source = line.split(" ", -1)[2];
            if (!made.contains(source)) {
                assertThat(ROOT.resolve(source.substring("/opt/snug/".length()))).exists();
            }
        }
        assertThat(instructions("COPY --from=build")).hasSize(6);
        assertThat(instructions("ADD")).isEmpty();
    }

    @Test
    void noSecretAndNoRegistryIsNamed() throws IOException {
        for (String line : instructions()) {
            assertThat(line).doesNotContainIgnoringCase("PASSWORD", "TOKEN", "SECRET");
        }
        for (String line : instructions("FROM")) {
            assertThat(line.split(" ", -1)[1]).matches("[a-z]+:[a-z0-9.-]+");
        }
    }

    @Test
    void theDeploymentAndTheImageAgreeOnFolders() throws IOException {
        String text = String.join("\n", instructions());

        assertThat(text)
                .contains("SNUG_HOME=" + Deployment.MODELS)
                .contains("SNUG_DATA=" + Deployment.DATA)
                .contains(Deployment.HEALTHY)
                .contains("WORKDIR " + Deployment.FOLDER);
    }

    @Test
    void theHealthCheckIsRightAboutAServerThatIsWellOrIllOrGone() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/readyz", exchange -> answer(exchange, 200));
        server.createContext("/livez", exchange -> answer(exchange, 503));
        server.start();
        try {
            String port = Integer.toString(server.getAddress().getPort());
            assertThat(healthy(port, "/readyz")).isZero();
            assertThat(healthy(port, "/livez")).isEqualTo(1);
            assertThat(healthy(port, "/none")).isEqualTo(1);
        } finally {
            server.stop(0);
        }
        assertThat(healthy(Integer.toString(freePort()), "/readyz")).isEqualTo(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status)
            throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private int healthy(String port, String path) throws Exception {
        String script = ROOT.resolve("deploy/healthy").toAbsolutePath().toString();
        HostTool.Said said = HostTool.run(folder, Map.of("SNUG_PORT", port), script, path);
        assertThat(said.err()).isEmpty();
        return said.exitCode();
    }
}
