package dev.snug.runtime.budget;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The accounts that every process of Snug has, and what each one counts and does not.
 *
 * <p>All but {@link #DEVICE} stand below one root, the memory of the process: resident bytes, which
 * is what a control group charges. The device's memory is not part of it and has a root of its own.
 */
public enum StandardAccount {
    /** Has two reservations from the start: what must stay, and what is mapped. */
    JVM(
            null,
            "jvm",
            "the Java machine outside its heap: its libraries, class data, compiled code, stacks",
            "the heap; ONNX Runtime; the page tables that the kernel keeps for the process"),

    /** Set aside as a whole, because the collector lets it grow to its maximum. */
    HEAP(
            null,
            "heap",
            "the Java heap up to its maximum, used or not, and what stands in it by name",
            "direct buffers and mapped files, which lie outside it"),

    PICTURES(
            HEAP,
            "pictures",
            "pixels in Java arrays: the decoder's, the picture's, the resampled levels, overlays",
            "the tensor that a model is fed, which is direct: activations"),

    AUDIO(
            HEAP,
            "audio",
            "samples, mels, spectra and noise in Java arrays, of the voice and of the chunk",
            "the tensors that a model is fed, which are direct: activations"),

    CACHES(
            HEAP,
            "caches",
            "what is kept in Java arrays for a later request and can be dropped at any time",
            "models that stay loaded: weights; files that the kernel caches"),

    ORT(
            null,
            "ort",
            "ONNX Runtime itself: its library, kernels, threads, and the graph of each session",
            "weights and activations"),

    WEIGHTS(
            null,
            "weights",
            "weights that are to stay resident: copied or prepacked ones whole, mapped ones as far"
                    + " as a run reads them again and again",
            "pages of mapped weights beyond that, which the kernel drops first and reads again"),

    ACTIVATIONS(
            null,
            "activations",
            "what a run makes and drops: its inputs and outputs in direct buffers, values between"
                    + " nodes, scratch space of kernels, an arena that keeps them",
            "the same numbers once they are copied into Java arrays: pictures or audio"),

    WORKERS(
            null,
            "workers",
            "the whole budget of each worker process, from before its start until it has ended",
            "what a worker does inside of it: it keeps accounts of its own"),

    /** The root of a tree of its own. */
    DEVICE(
            null,
            "device",
            "memory of an accelerator with memory of its own: weights, activations, its context",
            "the copies and buffers for it in the process's memory, which are counted there");

    private final Optional<StandardAccount> parent;
    private final String accountName;
    private final String counted;
    private final String notCounted;

    StandardAccount(
            @Nullable StandardAccount parent,
            String accountName,
            String counted,
            String notCounted) {
        this.parent = Optional.ofNullable(parent);
        this.accountName = accountName;
        this.counted = counted;
        this.notCounted = notCounted;
    }

    /** The account around it; empty for those right below the root, and for {@link #DEVICE}. */
    public Optional<StandardAccount> parent() {
        return parent;
    }

    /** The name in paths: {@code pictures} of {@code memory/heap/pictures}. */
    public String accountName() {
        return accountName;
    }

    /** What is counted, as a phrase. */
    public String counted() {
        return counted;
    }

    /** What one might look for here and is not counted here, as a phrase. */
    public String notCounted() {
        return notCounted;
    }
}
