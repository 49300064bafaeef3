package dev.snug.onnx.format;

/**
 * Field numbers and codes of the ONNX messages that Snug reads or writes, one nested class a
 * message, and the protobuf wire types they travel in.
 *
 * <p>Source: onnx/onnx.proto of the ONNX specification, IR version 13.
 */
final class Schema {
    static final class WireType {
        static final int VARINT = 0;
        static final int FIXED64 = 1;
        static final int LENGTH = 2;
        static final int FIXED32 = 5;

        private WireType() {}
    }

    static final class ModelProto {
        static final int IR_VERSION = 1;
        static final int PRODUCER_NAME = 2;
        static final int GRAPH = 7;
        static final int OPSET_IMPORT = 8;
        static final int METADATA_PROPS = 14;
        static final int TRAINING_INFO = 20;
        static final int FUNCTIONS = 25;

        private ModelProto() {}
    }

    /** {@code OperatorSetIdProto}. */
    static final class Opset {
        static final int DOMAIN = 1;
        static final int VERSION = 2;

        private Opset() {}
    }

    /** {@code StringStringEntryProto}: metadata, and where external data lies. */
    static final class Entry {
        static final int KEY = 1;
        static final int VALUE = 2;

        private Entry() {}
    }

    static final class GraphProto {
        static final int NODE = 1;
        static final int NAME = 2;
        static final int INITIALIZER = 5;
        static final int INPUT = 11;
        static final int OUTPUT = 12;
        static final int VALUE_INFO = 13;
        static final int SPARSE_INITIALIZER = 15;

        private GraphProto() {}
    }

    static final class NodeProto {
        static final int INPUT = 1;
        static final int OUTPUT = 2;
        static final int NAME = 3;
        static final int OP_TYPE = 4;
        static final int ATTRIBUTE = 5;
        static final int DOMAIN = 7;

        private NodeProto() {}
    }

    static final class AttributeProto {
        static final int NAME = 1;
        static final int F = 2;
        static final int I = 3;
        static final int S = 4;
        static final int T = 5;
        static final int G = 6;
        static final int FLOATS = 7;
        static final int INTS = 8;
        static final int STRINGS = 9;
        static final int TYPE = 20;
        static final int REF_ATTR_NAME = 21;

        private AttributeProto() {}
    }

    /** {@code AttributeProto.AttributeType}: which field of an attribute holds its value. */
    static final class AttributeType {
        static final int FLOAT = 1;
        static final int INT = 2;
        static final int STRING = 3;
        static final int TENSOR = 4;
        static final int GRAPH = 5;
        static final int FLOATS = 6;
        static final int INTS = 7;
        static final int STRINGS = 8;

        private AttributeType() {}
    }

    static final class TensorProto {
        static final int DIMS = 1;
        static final int DATA_TYPE = 2;
        static final int SEGMENT = 3;
        static final int FLOAT_DATA = 4;
        static final int INT32_DATA = 5;
        static final int STRING_DATA = 6;
        static final int INT64_DATA = 7;
        static final int NAME = 8;
        static final int RAW_DATA = 9;
        static final int DOUBLE_DATA = 10;
        static final int UINT64_DATA = 11;
        static final int EXTERNAL_DATA = 13;
        static final int DATA_LOCATION = 14;

        /** Value of {@link #DATA_LOCATION}: the bytes lie in another file. */
        static final int EXTERNAL = 1;

        private TensorProto() {}
    }

    static final class ValueInfoProto {
        static final int NAME = 1;
        static final int TYPE = 2;

        private ValueInfoProto() {}
    }

    static final class TypeProto {
        static final int TENSOR_TYPE = 1;
        static final int DENOTATION = 6;

        private TypeProto() {}
    }

    /** {@code TypeProto.Tensor}. */
    static final class TensorTypeProto {
        static final int ELEM_TYPE = 1;
        static final int SHAPE = 2;

        private TensorTypeProto() {}
    }

    static final class TensorShapeProto {
        static final int DIM = 1;

        private TensorShapeProto() {}
    }

    /** {@code TensorShapeProto.Dimension}. */
    static final class DimensionProto {
        static final int DIM_VALUE = 1;
        static final int DIM_PARAM = 2;

        private DimensionProto() {}
    }

    /** Keys of a tensor's {@code external_data} entries. */
    static final class ExternalKey {
        static final String LOCATION = "location";
        static final String OFFSET = "offset";
        static final String LENGTH = "length";
        static final String CHECKSUM = "checksum";

        private ExternalKey() {}
    }

    private Schema() {}
}
