package dev.snug.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;

import dev.snug.runtime.device.Provider;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The process's one ONNX Runtime: its version, its providers, and options for its sessions. */
public final class Engine {
    /** Characters of a reason; ONNX Runtime's longest lists every file that it looked for. */
    private static final int REASON_CHARS_MAX = 400;

    private static @Nullable OrtEnvironment started;

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

    /** Those of them that Snug has a name for. */
    public static Set<Provider> known() {
        Set<Provider> known = EnumSet.noneOf(Provider.class);
        providers().forEach(name -> Provider.ofEngineName(name).ifPresent(known::add));
        return known;
    }

    /** Whether the native library has been loaded. */
    static synchronized boolean isStarted() {
        return started != null;
    }

    /** Loads the native library at first use, not when a class that mentions it is loaded. */
    static synchronized OrtEnvironment environment() {
        OrtEnvironment environment = started;
        if (environment == null) {
            environment = start();
            started = environment;
        }
        return environment;
    }

    private static OrtEnvironment start() {
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "snug");
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException e) {
            throw new SessionException("ONNX Runtime cannot start: " + e.getMessage(), e);
        } catch (LinkageError | IllegalStateException e) {
            throw new SessionException(
                    "ONNX Runtime cannot be loaded from %s: %s. The build must be for this machine and of the version of Snug's classes; leave out --engine-library for Snug's own"
                            .formatted(
                                    System.getProperty(EngineLibrary.PROPERTY, "its jar"), root(e)),
                    e);
        }
    }

    /** What went wrong first: a library that fails to load fails the class that needed it. */
    private static String root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return onOneLine(String.valueOf(cause.getMessage()));
    }

    /** What ONNX Runtime says, without the place in its own source; on one line. */
    static String reason(OrtException e) {
        return onOneLine(
                String.valueOf(e.getMessage())
                        .replaceFirst(
                                "(?s)^.*\\[ONNXRuntimeError] : \\d+ : \\w+ : (\\S+\\.cc:\\d+ )?",
                                ""));
    }

    private static String onOneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= REASON_CHARS_MAX ? line : line.substring(0, REASON_CHARS_MAX) + "…";
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
}
