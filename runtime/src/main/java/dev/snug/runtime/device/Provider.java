package dev.snug.runtime.device;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An execution provider of ONNX Runtime: whose code computes a graph's nodes, and on what.
 *
 * <p>Names are those of ONNX Runtime's {@code GetAvailableProviders}. What is said of builds was
 * read from the published jars and plug-ins for 1.29.0; none of them but the processor's was
 * measured.
 */
public enum Provider {
    /** The processor; in every build. */
    CPU("CPUExecutionProvider", false, "it is in every build"),

    CUDA(
            "CUDAExecutionProvider",
            true,
            "unpack the native folder of the jar com.microsoft.onnxruntime:onnxruntime_gpu, in the"
                    + " version of `snug doctor`, and name it with --engine-library, beside CUDA 12"
                    + " and cuDNN 9 of the system"),

    TENSORRT(
            "TensorrtExecutionProvider",
            true,
            "unpack the native folder of the jar com.microsoft.onnxruntime:onnxruntime_gpu, in the"
                + " version of `snug doctor`, and name it with --engine-library, beside CUDA 12,"
                + " cuDNN 9 and TensorRT 10 of the system"),

    MIGRAPHX(
            "MIGraphXExecutionProvider",
            true,
            "no Java build exists and ONNX Runtime's Java has no call for one that is built in;"
                    + " name a plug-in with --provider-library once AMD publishes one"),

    DIRECTML(
            "DmlExecutionProvider",
            true,
            "no Java build is published: build ONNX Runtime on Windows with --build_java --use_dml"
                    + " and name its folder with --engine-library"),

    OPENVINO(
            "OpenVINOExecutionProvider",
            false,
            "unpack the wheel onnxruntime-ep-openvino and name its"
                    + " libonnxruntime_providers_openvino_plugin with --provider-library"),

    COREML(
            "CoreMLExecutionProvider",
            false,
            "it is in Snug's own library for macOS on Apple silicon and nowhere else"),

    /** Other kernels for the processor. */
    XNNPACK(
            "XnnpackExecutionProvider",
            false,
            "no Java build is published but Android's: build ONNX Runtime with --build_java"
                    + " --use_xnnpack and name its folder with --engine-library"),

    QNN(
            "QNNExecutionProvider",
            false,
            "unpack the wheel onnxruntime-qnn and name its plug-in with --provider-library"),

    WEBGPU(
            "WebGpuExecutionProvider",
            true,
            "unpack the wheel onnxruntime-ep-webgpu and name its"
                    + " libonnxruntime_providers_webgpu with --provider-library");

    /** Characters of a word that is shown back; the longest name has 8. */
    private static final int WORD_CHARS_MAX = 40;

    /**
     * What {@code auto} tries, the likeliest to pay first. TensorRT is left out because it compiles
     * a graph for minutes, XNNPACK because it is the processor again.
     */
    static final List<Provider> AUTO_ORDER =
            List.of(CUDA, MIGRAPHX, DIRECTML, QNN, COREML, OPENVINO, WEBGPU);

    private final String engineName;
    private final boolean hasOwnMemory;
    private final String step;

    Provider(String engineName, boolean hasOwnMemory, String step) {
        this.engineName = engineName;
        this.hasOwnMemory = hasOwnMemory;
        this.step = step;
    }

    /** What ONNX Runtime calls it. */
    public String engineName() {
        return engineName;
    }

    /** What people call it, such as {@code cuda}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether what it computes with is taken to lie in memory of a device rather than in the
     * process's: WebGPU and DirectML may run on a processor's own graphics, where the system counts
     * it for the process or for nobody.
     */
    public boolean hasOwnMemory() {
        return hasOwnMemory;
    }

    /** The one step that makes it available, as a phrase. */
    public String step() {
        return step;
    }

    /** The provider that ONNX Runtime calls {@code engineName}. */
    public static Optional<Provider> ofEngineName(String engineName) {
        for (Provider provider : values()) {
            if (provider.engineName.equals(engineName)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /**
     * The provider that people call {@code word}.
     *
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    public static Provider ofWord(String word) {
        for (Provider provider : values()) {
            if (provider.word().equals(word)) {
                return provider;
            }
        }
        String shown =
                word.length() > WORD_CHARS_MAX ? word.substring(0, WORD_CHARS_MAX) + "…" : word;
        throw new IllegalArgumentException(
                "--provider '%s' is not known; it is one of %s"
                        .formatted(shown, String.join(", ", ProviderWish.words())));
    }
}
