package dev.snug.runtime.session;

import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.device.Offered;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.device.ProviderChoice;
import dev.snug.runtime.device.ProviderException;
import dev.snug.runtime.device.ProviderWish;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the sessions of a process compute: what was wished, what was found, and, where {@code auto}
 * was wished, what is left after a provider failed. From many threads at once.
 *
 * <p>A provider that fails once under {@code auto} is not tried again in this process: the next
 * session would fail as well, after as long a wait.
 */
public final class Placement {
    /** The processor; nothing is looked at for it. */
    public static final Placement CPU =
            new Placement(
                    ProviderWish.CPU,
                    Offered.builtIn(java.util.Set.of(Provider.CPU)),
                    PlugIn.NONE,
                    new ProviderChoice(Provider.CPU, Optional.empty()));

    private final ProviderWish wish;
    private final Offered offered;
    private final PlugIn plugIn;
    private volatile ProviderChoice now;

    private Placement(ProviderWish wish, Offered offered, PlugIn plugIn, ProviderChoice beginning) {
        this.wish = wish;
        this.offered = offered;
        this.plugIn = plugIn;
        this.now = beginning;
    }

    /**
     * Finds out with what to compute. Loads ONNX Runtime and the plug-in, unless the processor and
     * Snug's own library are wished; opens no session.
     *
     * @throws ProviderException when a library or a provider that was named cannot be used
     */
    public static Placement of(ProviderWish wish) {
        wish.engineLibrary().ifPresent(EngineLibrary::use);
        if (wish.equals(ProviderWish.CPU)) {
            return CPU;
        }
        PlugIn plugIn = wish.providerLibrary().map(PlugIn::of).orElse(PlugIn.NONE);
        Offered offered = plugIn.beside(Engine.known());
        return new Placement(wish, offered, plugIn, ProviderChoice.of(wish, offered));
    }

    /**
     * A placement that begins with a provider whether it is offered or not: what a failure leads to
     * is shown with it.
     */
    static Placement beginningWith(
            Provider provider, boolean isAuto, Optional<MemorySize> deviceMemory) {
        ProviderWish wish =
                new ProviderWish(
                        isAuto ? Optional.empty() : Optional.of(provider),
                        Optional.empty(),
                        Optional.empty(),
                        deviceMemory);
        return new Placement(
                wish,
                Offered.builtIn(Engine.known()),
                PlugIn.NONE,
                new ProviderChoice(provider, Optional.empty()));
    }

    /** What was wished. */
    public ProviderWish wish() {
        return wish;
    }

    /** What the libraries offer. */
    public Offered offered() {
        return offered;
    }

    /** What computes now. */
    public Provider provider() {
        return now.provider();
    }

    /** Why it is not an accelerator, where one was hoped for. */
    public Optional<String> reason() {
        return now.reason();
    }

    /** Whether weights and activations lie in memory that is not the process's. */
    public boolean hasDeviceMemory() {
        Provider provider = provider();
        return provider.hasOwnMemory() && !plugIn.isOnProcessor(provider);
    }

    /** Whether anything but the processor's own kernels computes. */
    public boolean isElsewhere() {
        return provider() != Provider.CPU;
    }

    /**
     * Called when {@code failed} could not do something. Under {@code auto} the processor takes
     * over for good.
     *
     * @param doing what it could not do, such as {@code load velocity.onnx}
     * @param why on one line
     * @return whether to try again with {@link #provider}
     */
    public synchronized boolean fallsBack(Provider failed, String doing, String why) {
        if (failed == Provider.CPU || !wish.isAuto()) {
            return false;
        }
        if (now.provider() != Provider.CPU) {
            now =
                    new ProviderChoice(
                            Provider.CPU,
                            Optional.of(
                                    "%s could not %s: %s".formatted(failed.word(), doing, why)));
        }
        return true;
    }

    /** Has a session with {@code options} compute with {@code provider}. */
    void place(SessionOptions options, Provider provider, int threads) throws OrtException {
        OrtEpDevice device = plugIn.devices().get(provider);
        if (device != null) {
            options.addExecutionProvider(List.of(device), plugInOptions(provider, threads));
            return;
        }
        switch (provider) {
            case CPU -> {}
            case CUDA -> addCuda(options);
            case TENSORRT -> {
                options.addTensorrt(0);
                // For the nodes that TensorRT leaves.
                addCuda(options);
            }
            case DIRECTML -> options.addDirectML(0);
            case OPENVINO -> options.addOpenVINO("");
            case COREML -> options.addCoreML(Map.of());
            case XNNPACK ->
                    options.addXnnpack(
                            Map.of("intra_op_num_threads", Integer.toString(Math.max(1, threads))));
            case QNN -> options.addQnn(Map.of());
            case WEBGPU -> options.addWebGPU(Map.of());
            case MIGRAPHX ->
                    throw new OrtException("ONNX Runtime's Java has no call that adds MIGraphX");
        }
    }

    /**
     * OpenVINO rounds to bfloat16 on processors that can, unless told otherwise, and takes a thread
     * a core: 0.6 s of speech then differed by 8 % of their peak from the processor's own, by 1 %
     * with this.
     */
    private Map<String, String> plugInOptions(Provider provider, int threads) {
        if (provider != Provider.OPENVINO || !plugIn.isOnProcessor(provider)) {
            return Map.of();
        }
        String most = threads == 0 ? "" : ",\"INFERENCE_NUM_THREADS\":\"" + threads + "\"";
        return Map.of(
                "load_config", "{\"CPU\":{\"INFERENCE_PRECISION_HINT\":\"f32\"" + most + "}}");
    }

    /** Grown by what is asked for, never doubled, and never above what the user allows. */
    private void addCuda(SessionOptions options) throws OrtException {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            cuda.add("arena_extend_strategy", "kSameAsRequested");
            Optional<MemorySize> most = wish.deviceMemory();
            if (most.isPresent()) {
                cuda.add("gpu_mem_limit", Long.toString(most.get().bytes()));
            }
            options.addCUDA(cuda);
        }
    }
}
