package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How one command line ended and what it wrote. */
record Ran(int exitCode, String out, String err) {
    /** This, when it ended with {@code expected}; the failure shows what it said. */
    Ran ended(int expected) {
        assertThat(exitCode).as("%s", this).isEqualTo(expected);
        return this;
    }

    /** Standard output read as one JSON object a line. */
    List<Tree> objects() {
        return out.lines().map(Tree::parse).toList();
    }

    /** Standard output read as one JSON list. */
    List<Tree> list() {
        return Tree.parse("{\"list\":" + out + "}").get("list").elements();
    }

    /** The one line of complaint on standard error, without "snug: ". */
    String complaint() {
        List<String> lines =
                err.lines()
                        .filter(line -> !line.startsWith("Try: "))
                        .filter(
                                line ->
                                        !line.matches(
                                                "snug: (reading|laying|checking|verifying) .*"))
                        .toList();
        assertThat(lines).as("%s", this).hasSize(1);
        assertThat(lines.getFirst()).startsWith("snug: ");
        return lines.getFirst().substring("snug: ".length());
    }
}
