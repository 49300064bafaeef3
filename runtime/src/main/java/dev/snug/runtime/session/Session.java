package dev.snug.runtime.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;

import dev.snug.onnx.Tensor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    private final String name;
    private final OrtSession session;
    private final Object monitor = new Object();
    private int leases;
    private boolean closing;
    private boolean closed;

    private Session(String name, OrtSession session) {
        this.name = name;
        this.session = session;
    }

    /**
     * Loads the model at {@code onnxFile}; external weights lie in the same folder.
     *
     * @throws SessionException when ONNX Runtime refuses it
     */
    public static Session open(Path onnxFile, SessionSettings settings) {
        try (SessionOptions options = Engine.options(settings)) {
            return new Session(
                    onnxFile.toString(),
                    Engine.environment().createSession(onnxFile.toString(), options));
        } catch (OrtException e) {
            throw new SessionException("cannot load " + onnxFile + ": " + e.getMessage(), e);
        }
    }

    /** Loads a small model whose weights are inline in {@code bytes}. */
    static Session open(String name, byte[] bytes, SessionSettings settings) {
        try (SessionOptions options = Engine.options(settings)) {
            return new Session(name, Engine.environment().createSession(bytes, options));
        } catch (OrtException e) {
            throw new SessionException("cannot load " + name + ": " + e.getMessage(), e);
        }
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
            session.close();
        } catch (OrtException e) {
            throw new SessionException("cannot unload " + name + ": " + e.getMessage(), e);
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
            Map<String, OnnxTensor> fed = new LinkedHashMap<>();
            try {
                for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                    fed.put(input.getKey(), NativeTensors.wrap(input.getValue()));
                }
                try (OrtSession.Result result = session.run(fed, outputs)) {
                    return NativeTensors.copy(result);
                }
            } catch (OrtException e) {
                throw new SessionException("cannot run " + name + ": " + e.getMessage(), e);
            } finally {
                fed.values().forEach(OnnxTensor::close);
            }
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
