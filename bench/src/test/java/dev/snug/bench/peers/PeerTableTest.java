package dev.snug.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.bench.Conditions;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The oracles are figures worked out by hand from two rounds. */
final class PeerTableTest {
    private static final Conditions CONDITIONS =
            new Conditions(
                    LocalDate.of(2026, 11, 22), "abc", "A CPU", 2, 0.1, "25", "1.29.0", "one, two");

    /** Two rounds of speech: a step takes 5 and 6 s, the rest 2 s. */
    private static final List<Took> FEW = List.of(took(12, 400), took(14, 402));

    private static final List<Took> MORE = List.of(took(22, 410), took(26, 410));

    private static Took took(double cpuSeconds, long peakMib) {
        return new Took(0, 20, cpuSeconds, peakMib << 20, 100L << 20, 300L << 20, 0, 0, 0);
    }

    private static Row row(Peer.Role role, Optional<Search.Found> found) {
        Peer peer =
                new Peer(
                        "id",
                        "An engine, q8",
                        Kind.SPEECH,
                        (_, _, _) -> List.of(),
                        List.of(),
                        Map.of(),
                        (_, _) -> new float[0],
                        "id",
                        role,
                        Optional.empty());
        Difference difference = new Difference(true, 0, "equal: samples 1.0e-06");
        return new Row(peer, FEW, MORE, Optional.of(found), Optional.of(difference));
    }

    @Test
    void aStepIsTheHalvedDifferenceOfARoundAndTheRestIsWhatIsLeft() {
        Row row = row(Peer.Role.PEER, Optional.empty());
        assertThat(row.unitCpu().min()).isEqualTo(5);
        assertThat(row.unitCpu().max()).isEqualTo(6);
        assertThat(row.restCpu().median()).isEqualTo(2);
    }

    @Test
    void theTableHasALineARowAndSaysWhatIsNotHere() {
        Search.Found found = new Search.Found(214, 1.72, OptionalInt.of(256), 1.31);
        Row row = row(Peer.Role.PLANNING, Optional.of(found));
        String text = PeerTable.markdown(Kind.SPEECH, List.of(row), Map.of("Another", "no wheel"));
        assertThat(text)
                .contains(
                        "| An engine, q8 | 401 (400 to 402) | 100 / 300 | 13.00 (12.00 to 14.00) |"
                                + " 5.500 (5.000 to 6.000) | 2.00 | 214 (1.72 ×) | 256 (1.31 ×) |"
                                + " equal: samples 1.0e-06 | 2 |\n")
                .contains("\nNot here: Another: no wheel\n");
    }

    @Test
    void aRowWhoseSearchFoundNothingSaysSo() {
        Row row = row(Peer.Role.PEER, Optional.empty());
        assertThat(PeerTable.markdown(Kind.SPEECH, List.of(row), Map.of()))
                .contains("| none found | – |");
    }

    @Test
    void theCsvHasTheSameFieldsInEveryLine() {
        Search.Found found = new Search.Found(214, 1.72, OptionalInt.empty(), 1.31);
        List<Row> rows = List.of(row(Peer.Role.PLANNING, Optional.of(found)));
        List<String> lines = PeerTable.csv(CONDITIONS, rows).lines().toList();
        long commas = lines.getFirst().chars().filter(each -> each == ',').count();
        assertThat(lines)
                .allMatch(
                        line ->
                                line.replaceAll("\"[^\"]*\"", "")
                                                .chars()
                                                .filter(each -> each == ',')
                                                .count()
                                        == commas)
                .anyMatch(line -> line.endsWith("smallest hard limit,MiB,1,214,214,214,"));
    }

    @Test
    void aRunThatTakesTooMuchCpuDoesNotCount() {
        Took free = took(10, 400);
        assertThat(Search.ends(took(39, 100), free, Search.CPU_RATIO_MAX)).isTrue();
        assertThat(Search.ends(took(41, 100), free, Search.CPU_RATIO_MAX)).isFalse();
        Took killed = new Took(137, 1, 1, 0, 0, 0, 0, 0, 0);
        assertThat(Search.ends(killed, free, Search.CPU_RATIO_MAX)).isFalse();
    }
}
