package dev.snug.onnx.format;

/**
 * What one model file may still make Snug hold in the heap: counters that start at their limit.
 *
 * <p>A file of a few megabytes can spell millions of empty messages; each object made from one is
 * counted here first. Real models stay a factor of ten or more below each limit.
 */
final class ReadLimits {
    /** Nodes in all graphs of a model; the largest exported transformers have about 20,000. */
    static final int NODES = 200_000;

    /** Initializers in all graphs of a model; one node rarely reads more than one of its own. */
    static final int INITIALIZERS = 200_000;

    /** Attributes of all nodes, about ten a node. */
    static final int ATTRIBUTES = 2_000_000;

    /** Typed values: inputs, outputs and value_info of all graphs. */
    static final int TYPES = 400_000;

    /** Numbers and strings in list attributes, names of node inputs and outputs, dimensions. */
    static final int ITEMS = 4_000_000;

    /** Bytes of all text in the model: names, strings, metadata. */
    static final int TEXT_BYTES = 64 << 20;

    /** Bytes of one text; class lists in the metadata are the longest that occur. */
    static final int TEXT_BYTES_EACH = 1 << 20;

    /** Bytes of tensors stored as varints, which must be unpacked into the heap. */
    static final int UNPACKED_BYTES = 256 << 20;

    /** Dimensions of one tensor. */
    static final int RANK = 32;

    /** Graphs inside graphs (bodies of If, Loop, Scan), the outermost counted. */
    static final int GRAPH_DEPTH = 16;

    /** Files that hold external data; each is mapped. */
    static final int EXTERNAL_FILES = 4096;

    private long nodes = NODES;
    private long initializers = INITIALIZERS;
    private long attributes = ATTRIBUTES;
    private long types = TYPES;
    private long items = ITEMS;
    private long textBytes = TEXT_BYTES;
    private long unpackedBytes = UNPACKED_BYTES;

    void node(WireReader at) {
        nodes = take(nodes, 1, "nodes", NODES, at);
    }

    void initializer(WireReader at) {
        initializers = take(initializers, 1, "initializers", INITIALIZERS, at);
    }

    void attribute(WireReader at) {
        attributes = take(attributes, 1, "attributes", ATTRIBUTES, at);
    }

    void type(WireReader at) {
        types = take(types, 1, "typed values", TYPES, at);
    }

    void item(WireReader at) {
        items = take(items, 1, "names and list values", ITEMS, at);
    }

    void text(int bytes, WireReader at) {
        if (bytes > TEXT_BYTES_EACH) {
            throw at.error("a text of %d bytes; the limit is %d".formatted(bytes, TEXT_BYTES_EACH));
        }
        textBytes = take(textBytes, bytes, "bytes of text", TEXT_BYTES, at);
    }

    void unpacked(long bytes, WireReader at) {
        unpackedBytes =
                take(
                        unpackedBytes,
                        bytes,
                        "bytes of tensors stored as single numbers",
                        UNPACKED_BYTES,
                        at);
    }

    private static long take(long left, long asked, String what, int limit, WireReader at) {
        if (asked > left) {
            throw at.error("the model has more than " + limit + " " + what);
        }
        return left - asked;
    }
}
