package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/**
 * The README's first commands with the voice that ships. The oracles are the kernel's counters and
 * {@code cmp}; what the sound is like, {@code ShippedVoiceTest} and docs/VOICE.md say.
 */
final class VoiceIT {
    private static final double MIB = 1 << 20;

    /** To reach in a process that speaks one sentence: issue 5. */
    private static final double PEAK_MIB_MAX = 110;

    /**
     * A user's and the kernel's seconds of three; the figure to reach is half of it, see README.
     */
    private static final double CPU_SECONDS_MAX = 3;

    @TempDir private Path folder;

    private Shell shell() {
        return Shell.in(folder).shipping(Golden.ROOT.resolve("models"));
    }

    @Test
    void onABareMachineTheFirstCommandSpeaks() throws Exception {
        Ran ran = shell().run("\"$SNUG\" speak \"Xin chào\"").ended(0);

        assertThat(ran.out()).startsWith("speech.wav  ");
        assertThat(ran.err()).contains("snug-vi is a small synthetic voice");
    }

    @Test
    void threeSecondsTakeTheMemoryAndTheTimeThatAreSaid() throws Exception {
        String command =
                """
                "$SNUG" speak "Xin chào, hôm nay trời đẹp quá, chúng ta đi dạo nhé." --json \
                    --voice female-north 2>/dev/null
                awk '{ print ($14 + $15 + $16 + $17) / '"$(getconf CLK_TCK)"' }' /proc/$$/stat > all
                """;
        Tree spoken = shell().run(command).ended(0).objects().getFirst();

        assertThat(spoken.get("seconds_audio").number()).isBetween(2.5, 4.0);
        assertThat(spoken.get("peak_rss_bytes").number() / MIB).isLessThan(PEAK_MIB_MAX);
        Ran cpu = shell().run("cat all").ended(0);
        assertThat(Double.parseDouble(cpu.out().strip())).isBetween(0.2, CPU_SECONDS_MAX);
    }

    @Test
    void sixVoicesOfTwoGendersAndThreeAreasAreThere() throws Exception {
        List<Tree> voices = shell().run("\"$SNUG\" voices --json").ended(0).list();

        assertThat(voices.stream().map(voice -> voice.get("name").text()))
                .containsExactlyInAnyOrder(
                        "female-north",
                        "female-central",
                        "female-south",
                        "male-north",
                        "male-central",
                        "male-south");
        shell().run(
                        """
                        set -e
                        "$SNUG" speak 'Một hai ba.' --gender male --area southern -o a.wav 2>/dev/null
                        "$SNUG" speak 'Một hai ba.' --voice male-south -o b.wav 2>/dev/null
                        "$SNUG" speak 'Một hai ba.' --voice male-north -o c.wav 2>/dev/null
                        cmp a.wav b.wav
                        ! cmp -s b.wav c.wav
                        """)
                .ended(0);
    }

    @Test
    void writtenVietnameseIsReadAndWhatIsNotReadIsSaid() throws Exception {
        Ran ran = shell().run("\"$SNUG\" speak 'Giá 50.000đ, tăng 3,5%. 漢' -o a.wav").ended(0);

        assertThat(ran.err()).contains("does not read 漢");
    }
}
