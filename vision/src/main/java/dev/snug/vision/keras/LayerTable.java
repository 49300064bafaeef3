package dev.snug.vision.keras;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The layer classes that can be imported, each with its rule. */
final class LayerTable {
    private static final Map<String, LayerRule> RULES = new TreeMap<>();

    static {
        RULES.put("Conv2D", ConvolutionRules::conv2d);
        RULES.put("DepthwiseConv2D", ConvolutionRules::depthwise);
        RULES.put("SeparableConv2D", ConvolutionRules::separable);
        RULES.put("Dense", DenseRule::emit);

        RULES.put("BatchNormalization", NormalizationRules::batchNormalization);
        RULES.put("Normalization", NormalizationRules::normalization);
        RULES.put("Rescaling", NormalizationRules::rescaling);

        RULES.put("Activation", ActivationRules::activation);
        RULES.put("ReLU", ActivationRules::relu);
        RULES.put("LeakyReLU", ActivationRules::leakyRelu);
        RULES.put("ELU", ActivationRules::elu);
        RULES.put("Softmax", ActivationRules::softmax);

        RULES.put("MaxPooling2D", PoolingRules::maximum);
        RULES.put("AveragePooling2D", PoolingRules::average);
        RULES.put("GlobalMaxPooling2D", PoolingRules::globalMaximum);
        RULES.put("GlobalAveragePooling2D", PoolingRules::globalAverage);
        RULES.put("ZeroPadding2D", PoolingRules::zeroPadding);

        RULES.put("Add", MergeRules::add);
        RULES.put("Subtract", MergeRules::subtract);
        RULES.put("Multiply", MergeRules::multiply);
        RULES.put("Average", MergeRules::average);
        RULES.put("Maximum", MergeRules::maximum);
        RULES.put("Minimum", MergeRules::minimum);
        RULES.put("Concatenate", MergeRules::concatenate);

        RULES.put("Flatten", ShapeRules::flatten);
        RULES.put("Reshape", ShapeRules::reshape);

        RULES.put("Dropout", ShapeRules::identity);
        RULES.put("SpatialDropout2D", ShapeRules::identity);
        RULES.put("GaussianNoise", ShapeRules::identity);
        RULES.put("GaussianDropout", ShapeRules::identity);
        RULES.put("AlphaDropout", ShapeRules::identity);
        RULES.put("ActivityRegularization", ShapeRules::identity);
        RULES.put("RandomFlip", ShapeRules::identity);
        RULES.put("RandomRotation", ShapeRules::identity);
        RULES.put("RandomTranslation", ShapeRules::identity);
        RULES.put("RandomZoom", ShapeRules::identity);
        RULES.put("RandomContrast", ShapeRules::identity);
        RULES.put("RandomBrightness", ShapeRules::identity);
    }

    private LayerTable() {}

    static boolean has(String className) {
        return RULES.containsKey(className) || className.equals(LayerSpec.INPUT);
    }

    /** The rule of a class that the table {@link #has}. */
    static LayerRule rule(LayerSpec layer) {
        LayerRule rule = RULES.get(layer.className());
        if (rule == null) {
            throw layer.settings().refusal("it is called with an input");
        }
        return rule;
    }

    /** All supported classes, for messages. */
    static String names() {
        TreeSet<String> names = new TreeSet<>(RULES.keySet());
        names.add(LayerSpec.INPUT);
        names.add("Functional");
        names.add("Sequential");
        return String.join(", ", names);
    }
}
