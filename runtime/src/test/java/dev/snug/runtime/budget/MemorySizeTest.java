package dev.snug.runtime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

/** The oracle is arithmetic: IEC 80000-13's powers of 1024, the SI's powers of 1000. */
final class MemorySizeTest {
    @ParameterizedTest
    @CsvSource({
        "512MiB, 536870912",
        "512mib, 536870912",
        "512Mi, 536870912",
        "512m, 536870912",
        "512 M, 536870912",
        "512MB, 512000000",
        "1536KiB, 1572864",
        "2000kB, 2000000",
        "1g, 1073741824",
        "1GB, 1000000000",
        "1.5GiB, 1610612736",
        "0.001953125GiB, 2097152",
        "1.0000001MiB, 1048576",
        "1048576, 1048576",
        "1048577B, 1048577",
        "128TiB, 140737488355328",
        "' 1MiB ', 1048576",
    })
    void binaryAndDecimalUnitsAreToldApart(String text, long bytes) {
        assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "512, forget the unit",
        "1023KiB, less than 1MiB",
        "0, less than 1MiB",
        "129TiB, more than 128TiB",
        "99999999999999999999999999999, more than 128TiB",
        "'1,5GiB', a point",
        "-1MiB, is not a number",
        "+1MiB, is not a number",
        "1e9, is not a number",
        "MiB, is not a number",
        "'', is not a number",
        ".5GiB, is not a number",
        "٥MiB, is not a number",
        "1PiB, unknown unit 'PiB'",
        "1Mio, unknown unit 'Mio'",
        "1 000 MiB, is not a number",
    })
    void whatIsNoSizeIsRefusedWithTheReasonAndAnExample(String text, String reason) {
        assertThatThrownBy(() -> MemorySize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("512MiB, 1.5g or 800MB");
    }

    @Test
    void aVeryLongTextIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> MemorySize.parse("9".repeat(1 << 20)))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void everySizeReadsBackAsItWasWritten() {
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            long bytes = MemorySize.MIN_BYTES + random.nextLong(1L << (21 + random.nextInt(26)));
            // Round ones as well, for the larger units.
            bytes = i % 2 == 0 ? bytes : bytes >> 20 << 20;
            MemorySize size = new MemorySize(bytes);
            assertThat(MemorySize.parse(size.toString())).isEqualTo(size);
        }
        assertThat(new MemorySize(1536L << 20)).hasToString("1536MiB");
        assertThat(new MemorySize(2L << 30)).hasToString("2GiB");
        assertThat(new MemorySize(1_048_577)).hasToString("1048577");
    }

    @Test
    void whatIsAskedNeverLooksAsIfItFitted() {
        assertThat(MemorySize.up(41L << 20)).isEqualTo("41 MiB");
        assertThat(MemorySize.up((41L << 20) + 1)).isEqualTo("41.1 MiB");
        assertThat(MemorySize.down((42L << 20) - 1)).isEqualTo("41.9 MiB");
        assertThat(MemorySize.down(100)).isEqualTo("100 bytes");
        assertThat(MemorySize.down(1536)).isEqualTo("1.5 KiB");
        assertThat(MemorySize.up(100L << 30)).isEqualTo("100 GiB");
        assertThat(MemorySize.up(Long.MAX_VALUE)).isEqualTo("8589934592 GiB");
    }
}
