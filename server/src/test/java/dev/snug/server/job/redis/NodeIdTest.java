package dev.snug.server.job.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

final class NodeIdTest {
    @TempDir private Path data;

    @Test
    void aServerHasItsNameAgainAfterARestart() throws Exception {
        String name;
        try (NodeId node = NodeId.of(data)) {
            name = node.name();
        }
        try (NodeId node = NodeId.of(data)) {
            assertThat(node.name()).isEqualTo(name).matches("[a-z0-9]{26}");
        }
    }

    @Test
    void twoServersOnOneFolderHaveNotTheSameName() throws Exception {
        try (NodeId one = NodeId.of(data);
                NodeId other = NodeId.of(data)) {
            assertThat(other.name()).isNotEqualTo(one.name());
        }
    }

    @Test
    void aNameThatWasWrittenInPartIsMadeAnew() throws Exception {
        Files.writeString(data.resolve("node"), "abc");
        String name;
        try (NodeId node = NodeId.of(data)) {
            name = node.name();
        }
        assertThat(data.resolve("node")).hasContent(name);
    }
}
