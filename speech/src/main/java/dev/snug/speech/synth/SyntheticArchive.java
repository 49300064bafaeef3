package dev.snug.speech.synth;

import dev.snug.onnx.Model;
import dev.snug.onnx.format.InlineModel;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.speech.bundle.Voice;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * A model archive as VietVoice-TTS downloads it, with random weights: a tar of {@code
 * preprocess.onnx}, {@code transformer.onnx} and {@code decode.onnx} as DakeQQ/F5-TTS-ONNX exports
 * them with weights inside, {@code vocab.txt}, {@code audio_metadata.json} and {@code
 * cleaned_audios/}.
 */
public final class SyntheticArchive {
    /** Bytes of everything but weights: graphs, voices, vocabulary. */
    private static final long OTHER_BYTES = 8 << 20;

    private final Size size;
    private final long seed;
    private final Path scratch;
    private final LongConsumer progress;

    private SyntheticArchive(Size size, long seed, Path scratch, LongConsumer progress) {
        this.size = size;
        this.seed = seed;
        this.scratch = scratch;
        this.progress = progress;
    }

    /** Makes one graph of an archive. */
    @FunctionalInterface
    interface Export {
        Model model(Size size, ExportWeights weights);
    }

    /** The room that {@link #write} takes on the disk: the archive, and the weights once more. */
    public static long bytes(Size size) {
        return 2 * archiveBytes(size);
    }

    private static long archiveBytes(Size size) {
        long numbers =
                SyntheticCheckpoint.parameters(size) + SyntheticCheckpoint.vocoderParameters(size);
        return numbers * Float.BYTES + OTHER_BYTES;
    }

    /**
     * Writes the archive to {@code file}, which appears whole or not at all. Equal seeds make equal
     * files.
     *
     * @param scratch a folder on the same disk, for the weights while they are made
     * @throws dev.snug.runtime.bundle.BundleException when the disk refuses
     */
    public static void write(Path file, Path scratch, Size size, long seed, Progress progress) {
        long total = bytes(size);
        long[] done = {0};
        LongConsumer counting =
                bytes -> {
                    done[0] += bytes;
                    progress.advanced(Math.min(done[0], total), total);
                };
        SyntheticArchive archive = new SyntheticArchive(size, seed, scratch, counting);
        WholeFile.write(file, archive::writeTo);
        progress.advanced(total, total);
    }

    private void writeTo(OutputStream out) throws IOException {
        TarWriter tar = new TarWriter(new Counting(out, progress));
        graph(tar, "preprocess.onnx", PreprocessGraph::model);
        graph(tar, "transformer.onnx", TransformerGraph::model);
        graph(tar, "decode.onnx", DecodeGraph::model);
        tar.file("vocab.txt", utf8(SyntheticCheckpoint.vocabulary(size)));
        tar.file(ArchiveVoices.METADATA_FILE, utf8(ArchiveVoices.metadata()));
        for (Voice voice : ArchiveVoices.ALL) {
            tar.file("cleaned_audios/" + voice.file(), ArchiveVoices.wav(voice, seed));
        }
        tar.end();
    }

    private void graph(TarWriter tar, String name, Export export) throws IOException {
        try (Arena arena = Arena.ofShared();
                TensorFile tensors = TensorFile.create(scratch, arena)) {
            Model model = export.model(size, new ExportWeights(tensors, seed, progress));
            InlineModel inline = InlineModel.of(model);
            tar.file(name, inline.bytes(), inline::writeTo);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A stream that tells how much went through it. */
    private static final class Counting extends OutputStream {
        private final OutputStream out;
        private final LongConsumer progress;

        Counting(OutputStream out, LongConsumer progress) {
            this.out = out;
            this.progress = progress;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            progress.accept(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            progress.accept(length);
        }
    }
}
