package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * No way of keeping memory changes an answer of equal precision. The oracle is the same work with
 * mapped weights and nothing kept, byte by byte. That the worker's answer is the same too is shown
 * by {@code RealWorkerIT}.
 */
final class SameAnswerIT {
    private static final String TEXT = "Trời hôm nay đẹp quá.";

    /** What the voice takes without pressure is 99 MiB, of it 42 anonymous. */
    private static final long TIGHT_BYTES = 96L << 20;

    @TempDir private Path folder;

    @Test
    void speechIsTheSameHoweverSessionsKeepTheirMemory() throws Exception {
        byte[] expected = RealWork.spoken(TEXT, SessionSettings.MAPPED);
        for (boolean isMapped : new boolean[] {true, false}) {
            for (boolean arena : new boolean[] {false, true}) {
                SessionSettings settings =
                        new SessionSettings(1, 1, Optimization.NONE, isMapped, arena, false);
                assertThat(RealWork.spoken(TEXT, settings)).as("%s", settings).isEqualTo(expected);
            }
        }
    }

    @Test
    void speechIsTheSameUnderATightLimitAndWithASmallHeap() throws Exception {
        Command command = Command.in(folder);
        List<String> line =
                List.of("speak", TEXT, "-m", "snug-vi", "--threads=1", "-o", "answer.wav");
        assertThat(command.run(0, line, Map.of()).exitCode()).isZero();
        byte[] expected = Files.readAllBytes(folder.resolve("answer.wav"));
        assertThat(expected.length).isGreaterThan(20_000);

        for (Map<String, String> variables :
                List.of(Map.<String, String>of(), Map.of("SNUG_HEAP_MAX", "24m"))) {
            Command.Limited run = command.run(TIGHT_BYTES, line, variables);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.oomKills()).isZero();
            assertThat(Files.readAllBytes(folder.resolve("answer.wav"))).isEqualTo(expected);
        }
    }

    @Test
    void probabilitiesAndMapAreTheSameInEveryRun() throws Exception {
        RealWork.install(folder.resolve("home"));
        byte[] first = RealWork.explained(folder.resolve("home"), RealWork.CLASSIFIER);
        assertThat(RealWork.explained(folder.resolve("home"), RealWork.CLASSIFIER))
                .isEqualTo(first);
    }
}
