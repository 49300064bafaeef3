package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;

/** Damaged files of every format: each ends in a recording or in a refusal, and soon. */
final class DamagedSoundTest {
    private static final int VARIANTS = 300;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alaw.wav",
                "rf64.wav",
                "mono.flac",
                "stereo24.flac",
                "mono.mp3",
                "stereo.mp3",
                "mono.ogg",
                "stereo.ogg",
                "mono.opus",
                "celt.opus"
            })
    @Timeout(60)
    void everyDamagedFileEndsInARecordingOrARefusal(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Sounds.file(name));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < VARIANTS; i++) {
            byte[] damaged = damaged(whole, random, i);
            try {
                Recording read =
                        SoundReader.read(new ByteArrayInputStream(damaged), "voice.wav", 30);
                assertThat(read.seconds()).isLessThanOrEqualTo(30);
            } catch (SoundException e) {
                assertThat(e).hasMessageStartingWith("voice.wav ");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** Bytes turned over, most of them near the begin; a piece lost; the end lost. */
    private static byte[] damaged(byte[] whole, Random random, int variant) {
        byte[] damaged = whole.clone();
        switch (variant % 4) {
            case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            case 1 -> {
                int from = random.nextInt(damaged.length - 40);
                System.arraycopy(damaged, from + 37, damaged, from, damaged.length - from - 37);
            }
            default -> {
                int within = variant % 4 == 2 ? 300 : damaged.length;
                for (int i = 0; i <= random.nextInt(8); i++) {
                    damaged[random.nextInt(within)] = (byte) random.nextInt();
                }
            }
        }
        return damaged;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mono.flac", "mono.ogg", "mono.opus"})
    void aFileThatIsCutShortIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Sounds.file(name));
        byte[] cut = Arrays.copyOf(whole, whole.length - 100);
        assertThatCode(() -> SoundReader.read(new ByteArrayInputStream(whole), "a", 30))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SoundReader.read(new ByteArrayInputStream(cut), "a", 30))
                .isInstanceOf(SoundException.class)
                .hasMessageContaining("cut short");
    }
}
