package dev.snug.runtime.session;

import ai.onnxruntime.OrtException;

import dev.snug.onnx.Tensor;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.device.ProviderWish;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A loaded model that runs under leases.
 *
 * <p>ONNX Runtime crashes when a session is closed during a run (onnxruntime issue 21812). So a run
 * needs a {@link Lease}, and {@link #close} gives out no more leases, waits until the last one is
 * back, and only then frees the native memory. Many threads may hold leases at once.
 */
public final class Session implements AutoCloseable {
    private static final Loading NEVER_AGAIN =
            provider -> {
                throw new IllegalStateException("nothing comes after the processor");
            };

    private final String name;
    private final Placement placement;
    private final Loading loading;
    private final Object monitor = new Object();
    private Loaded loaded;

    /** Of a provider that failed; other leases may still run on it. */
    private @Nullable Loaded retired;

    private int leases;
    private boolean closing;
    private boolean closed;

    private Session(String name, Placement placement, Loading loading, Loaded loaded) {
        this.name = name;
        this.placement = placement;
        // What loads a small model holds all of it: it is kept only where it may be called again.
        this.loading = loaded.provider() == Provider.CPU ? NEVER_AGAIN : loading;
        this.loaded = loaded;
    }

    /** A model in the memory of ONNX Runtime, with the provider that computes it. */
    interface Loaded {
        Provider provider();

        Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs)
                throws OrtException;

        void close() throws OrtException;
    }

    /** Loads a model so that {@code provider} computes it. */
    @FunctionalInterface
    interface Loading {
        Loaded with(Provider provider) throws OrtException;
    }

    /**
     * Loads the model at {@code onnxFile}; external weights lie in the same folder. Where the
     * settings' {@link Placement} was left to Snug and its provider cannot load it, the processor
     * does.
     *
     * @throws SessionException when ONNX Runtime refuses it
     */
    public static Session open(Path onnxFile, SessionSettings settings) {
        return open(
                onnxFile.toString(),
                settings.placement(),
                provider ->
                        LoadedModel.of(
                                settings,
                                provider,
                                options ->
                                        Engine.environment()
                                                .createSession(onnxFile.toString(), options)));
    }

    /** Loads a small model whose weights are inline in {@code bytes}. */
    static Session open(String name, byte[] bytes, SessionSettings settings) {
        return open(
                name,
                settings.placement(),
                provider ->
                        LoadedModel.of(
                                settings,
                                provider,
                                options -> Engine.environment().createSession(bytes, options)));
    }

    /** Loads a model by {@code loading}, twice where a provider fails. */
    static Session open(String name, Placement placement, Loading loading) {
        Provider provider = placement.provider();
        try {
            return new Session(name, placement, loading, loading.with(provider));
        } catch (OrtException e) {
            if (placement.fallsBack(provider, "load " + name, Engine.reason(e))) {
                return open(name, placement, loading);
            }
            throw failed("load " + name, provider, e);
        }
    }

    /** A provider is told where people named it: then there is another way. */
    private static SessionException failed(String doing, Provider provider, OrtException cause) {
        String message =
                provider == Provider.CPU
                        ? "cannot %s: %s".formatted(doing, cause.getMessage())
                        : "cannot %s with %s %s: %s. With %s auto the processor takes over"
                                .formatted(
                                        doing,
                                        ProviderWish.OPTION,
                                        provider.word(),
                                        Engine.reason(cause),
                                        ProviderWish.OPTION);
        return new SessionException(message, cause);
    }

    /**
     * The right to run until it is closed.
     *
     * @throws IllegalStateException when {@link #close} has been called
     */
    public Lease acquire() {
        synchronized (monitor) {
            if (closing) {
                throw new IllegalStateException("the session of " + name + " is closed");
            }
            leases++;
        }
        return new Lease();
    }

    /** Leases held now. */
    public int leases() {
        synchronized (monitor) {
            return leases;
        }
    }

    /** Waits for the leases that are out, then frees the model. A second call does nothing. */
    @Override
    public void close() {
        synchronized (monitor) {
            closing = true;
            boolean interrupted = false;
            while (leases > 0) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    // Freeing under a run would crash the process: keep waiting, report later.
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            Loaded other = retired;
            try {
                if (other != null) {
                    other.close();
                }
            } finally {
                loaded.close();
            }
        } catch (OrtException e) {
            throw new SessionException("cannot unload " + name + ": " + e.getMessage(), e);
        }
    }

    private Loaded loaded() {
        synchronized (monitor) {
            return loaded;
        }
    }

    private Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
        Loaded first = loaded();
        try {
            return first.run(inputs, outputs);
        } catch (OrtException e) {
            Provider tried = first.provider();
            if (!placement.fallsBack(tried, "run " + name, Engine.reason(e))) {
                throw failed("run " + name, tried, e);
            }
        }
        try {
            return instead().run(inputs, outputs);
        } catch (OrtException e) {
            throw failed("run " + name, Provider.CPU, e);
        }
    }

    /** The model on the processor, loaded once however many runs failed at the same time. */
    private Loaded instead() throws OrtException {
        synchronized (monitor) {
            if (loaded.provider() != Provider.CPU) {
                Loaded next = loading.with(Provider.CPU);
                retired = loaded;
                loaded = next;
            }
            return loaded;
        }
    }

    /** A permission to run the session; close it to give it back. */
    public final class Lease implements AutoCloseable {
        private boolean returned;

        private Lease() {}

        /**
         * Runs the model once.
         *
         * @param inputs a tensor for each input; direct little-endian buffers are read in place
         * @param outputs the outputs to compute; what only other outputs need is still run
         * @return a tensor for each of {@code outputs}, copied out of native memory
         * @throws SessionException when ONNX Runtime cannot run it
         */
        public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs) {
            if (returned) {
                throw new IllegalStateException("this lease of " + name + " was given back");
            }
            return Session.this.run(inputs, outputs);
        }

        @Override
        public void close() {
            synchronized (monitor) {
                if (!returned) {
                    returned = true;
                    leases--;
                    monitor.notifyAll();
                }
            }
        }
    }
}
