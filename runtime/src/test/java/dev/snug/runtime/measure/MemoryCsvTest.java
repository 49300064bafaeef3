package dev.snug.runtime.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The text of a memory log. The oracles are RFC 4180 and lines that were written by hand. */
final class MemoryCsvTest {
    private static final MemorySample BARE =
            new MemorySample(0, 10, 20, 3, 40, 0, MemorySample.Around.UNKNOWN, "");
    private static final MemorySample FULL =
            new MemorySample(
                    1_234_567,
                    1_000,
                    2_000,
                    0,
                    3_500,
                    80_000,
                    new MemorySample.Around(
                            Optional.of(
                                    new CgroupMemory(
                                            2,
                                            "/x",
                                            OptionalLong.of(9_000),
                                            OptionalLong.of(5_000),
                                            OptionalLong.of(1_000),
                                            OptionalLong.empty(),
                                            OptionalLong.empty(),
                                            OptionalLong.empty())),
                            Optional.of(
                                    new Pressure(
                                            new Pressure.Stall(1.5, 0, 0),
                                            new Pressure.Stall(0.25, 0, 0)))),
                    "velocity 3/7");

    @Test
    void aLineAFigureTheKernelDoesNotTellIsEmpty() {
        assertThat(MemoryCsv.text(List.of(BARE, FULL)))
                .isEqualTo(
                        "seconds,anonymous_bytes,file_bytes,shared_bytes,resident_bytes,"
                                + "peak_resident_bytes,cgroup_bytes,cgroup_working_set_bytes,"
                                + "cgroup_limit_bytes,pressure_some_percent,"
                                + "pressure_full_percent,cpu_seconds,stage\r\n"
                                + "0.000000,10,20,3,33,40,,,,,,0.000000,\r\n"
                                + "1.234567,1000,2000,0,3000,3500,5000,4000,9000,1.50,0.25,"
                                + "0.080000,velocity 3/7\r\n");
    }

    @Test
    void aStageWithACommaOrAQuoteIsQuoted() {
        MemorySample odd =
                new MemorySample(0, 0, 0, 0, 0, 0, MemorySample.Around.UNKNOWN, "a \"b\", c");
        String text = MemoryCsv.text(List.of(odd));

        assertThat(text).endsWith(",\"a \"\"b\"\", c\"\r\n");
        assertThat(MemoryCsv.parse(text)).containsExactly(odd);
    }

    @Test
    void whatWasWrittenIsReadBackButForTheSurroundings() {
        List<MemorySample> read = MemoryCsv.parse(MemoryCsv.text(List.of(BARE, FULL)));

        assertThat(read.getFirst()).isEqualTo(BARE);
        assertThat(read.getLast().micros()).isEqualTo(1_234_567);
        assertThat(read.getLast().peakBytes()).isEqualTo(3_500);
        assertThat(read.getLast().cpuMicros()).isEqualTo(80_000);
        assertThat(read.getLast().stage()).isEqualTo("velocity 3/7");
    }

    @Test
    void anotherTextIsNoLog() {
        assertThatThrownBy(() -> MemoryCsv.parse("a,b\r\n"))
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("names of columns");
        assertThatThrownBy(() -> MemoryCsv.parse(MemoryCsv.HEADER + "\r\n1,2,3\r\n"))
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("no sample: 1,2,3");
        assertThatThrownBy(
                        () ->
                                MemoryCsv.parse(
                                        MemoryCsv.HEADER
                                                + "\r\nx".repeat(MemoryLog.SAMPLES_MAX + 2)))
                .hasMessageContaining("4096 are allowed".replace("4096", "4097"));
    }
}
