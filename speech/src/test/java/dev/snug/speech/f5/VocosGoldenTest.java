package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.speech.Golden;
import dev.snug.speech.safetensors.SafeTensors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The way from sound to log-mel and back, against torchaudio and the official Vocos on the same
 * weights; the tolerances are those of the golden README.
 */
class VocosGoldenTest {
    private static final int REFERENCE_SAMPLES = 36_000;

    @TempDir Path folder;

    @Test
    void theLogMelIsTheOfficialOne() {
        float[] mel = LogMel.of(Golden.reference());
        float[] expected = Golden.floats("ref_log_mel");
        assertThat(Golden.distance(mel, expected)).isLessThan(1e-5);
        for (int i = 0; i < mel.length; i++) {
            assertThat((double) Math.abs(mel[i] - expected[i])).isLessThan(1e-2);
        }
    }

    @Test
    void theWaveOfTheReferenceIsTheOfficialOne() throws IOException {
        float[] wave = wave(Golden.floats("ref_log_mel"));
        assertThat(Golden.distance(wave, Golden.floats("wave_copy_reference"))).isLessThan(2e-5);
    }

    @Test
    void theWaveOfASampleIsTheOfficialOne() throws IOException {
        float[] mel = Golden.floats("mel_v1_uniform32");
        int cut = REFERENCE_SAMPLES / LogMel.HOP * LogMel.BANDS;
        float[] wave = wave(Arrays.copyOfRange(mel, cut, mel.length));
        assertThat(Golden.distance(wave, Golden.floats("wave_v1_uniform32"))).isLessThan(2e-5);
    }

    @Test
    void oneFrameIsTheFewestAndGivesNoSamples() {
        assertThat(Vocos.samples(Tensor.floats(new float[1026], 1, 1, 1026))).isEmpty();
        assertThatThrownBy(() -> Vocos.samples(Tensor.floats(new float[0], 1, 0, 1026)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[1,0,1026]");
    }

    @Test
    void aSignalTooShortToMirrorIsRefused() {
        assertThat(LogMel.of(new float[513])).hasSize(3 * LogMel.BANDS);
        assertThatThrownBy(() -> LogMel.of(new float[512]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("513");
    }

    private float[] wave(float[] mel) throws IOException {
        try (Arena arena = Arena.ofShared();
                SafeTensors file = SafeTensors.open(Golden.file("vocos.safetensors"));
                TensorFile made = TensorFile.create(folder, arena)) {
            Model model = Vocos.model(file, made);
            Tensor input = Tensor.floats(mel, 1, mel.length / LogMel.BANDS, LogMel.BANDS);
            Tensor spectra =
                    new OrtEvaluator().evaluate(model, Map.of(Vocos.MEL, input)).get(Vocos.SPECTRA);
            return Vocos.samples(Objects.requireNonNull(spectra));
        }
    }
}
