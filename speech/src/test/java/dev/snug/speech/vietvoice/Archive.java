package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.StageGolden;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Networks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small archive of the reference data and what its programs made with it. */
public final class Archive {
    public static final Path FILE = StageGolden.file("vietvoice.tar");

    private Archive() {}

    /** Imports {@code archive} into a store below {@code home}. */
    public static Bundle imported(Path archive, Path home) {
        return ArchiveImport.run(
                new ArchiveImport.Request(archive, "voice", "test", null),
                new BundleStore(home),
                "test",
                Progress.NONE);
    }

    public static SpeechSettings settings(Bundle bundle) {
        return SpeechSettings.parse(bundle.manifest().settings(), "manifest");
    }

    static Networks networks(Bundle bundle) {
        return ArchiveNetworks.of(bundle, settings(bundle), SessionSettings.MAPPED);
    }

    /** The float32 values of an array. */
    static float[] floats(String name) throws IOException {
        ByteBuffer bytes = array(name, "<f4");
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** The int16 values of an array. */
    public static short[] shorts(String name) throws IOException {
        ByteBuffer bytes = array(name, "<i2");
        short[] values = new short[bytes.remaining() / Short.BYTES];
        bytes.asShortBuffer().get(values);
        return values;
    }

    private static ByteBuffer array(String name, String type) throws IOException {
        byte[] file = Files.readAllBytes(StageGolden.file("vietvoice/" + name + ".npy"));
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = Short.toUnsignedInt(bytes.getShort(8));
        String text = StandardCharsets.US_ASCII.decode(bytes.slice(10, header)).toString();
        assertThat(text).contains("'" + type + "'").contains("'fortran_order': False");
        return bytes.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Requires equal waves within two units and 1e-4 of the peak. */
    public static void assertSameWave(float[] actual, short[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double peak = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            peak = Math.max(peak, Math.abs((int) expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] * 32_767.0 - expected[i]));
        }
        assertThat(worst).isLessThanOrEqualTo(2 + 1e-4 * peak);
    }
}
