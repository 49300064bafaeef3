package dev.snug.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;

import java.util.List;

/** The process's one ONNX Runtime: its version, its providers, and options for its sessions. */
public final class Engine {
    private Engine() {}

    /** Version of the native library, such as {@code 1.29.0}. */
    public static String version() {
        return environment().getVersion();
    }

    /** Execution providers built into the library, such as {@code CPUExecutionProvider}. */
    public static List<String> providers() {
        environment();
        return OrtEnvironment.getAvailableProviders().stream().map(OrtProvider::getName).toList();
    }

    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    /** Options as ONNX Runtime wants them; the caller closes them. */
    static SessionOptions options(SessionSettings settings) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        options.setExecutionMode(
                settings.interOpThreads() == 1
                        ? SessionOptions.ExecutionMode.SEQUENTIAL
                        : SessionOptions.ExecutionMode.PARALLEL);
        options.setInterOpNumThreads(settings.interOpThreads());
        options.setIntraOpNumThreads(settings.threads());
        options.setOptimizationLevel(
                switch (settings.optimization()) {
                    case NONE -> SessionOptions.OptLevel.NO_OPT;
                    case BASIC -> SessionOptions.OptLevel.BASIC_OPT;
                    case EXTENDED -> SessionOptions.OptLevel.EXTENDED_OPT;
                    case ALL -> SessionOptions.OptLevel.ALL_OPT;
                });
        options.setCPUArenaAllocator(settings.arena());
        // The pattern reserves one block for all activations of a shape: it never shrinks.
        options.setMemoryPatternOptimization(false);
        flag(options, "session.disable_prepacking", settings.weightsMapped());
        flag(options, "session.intra_op.allow_spinning", settings.spinning());
        flag(options, "session.inter_op.allow_spinning", settings.spinning());
        // Denormals in a nearly black picture would otherwise slow a run tenfold.
        flag(options, "session.set_denormal_as_zero", true);
        return options;
    }

    private static void flag(SessionOptions options, String key, boolean on) throws OrtException {
        options.addConfigEntry(key, on ? "1" : "0");
    }

    /** Loads the native library at first use, not when a class that mentions it is loaded. */
    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = start();

        private static OrtEnvironment start() {
            try {
                OrtEnvironment environment =
                        OrtEnvironment.getEnvironment(
                                OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "snug");
                environment.setTelemetry(false);
                return environment;
            } catch (OrtException e) {
                throw new SessionException("ONNX Runtime cannot start: " + e.getMessage(), e);
            }
        }
    }
}
