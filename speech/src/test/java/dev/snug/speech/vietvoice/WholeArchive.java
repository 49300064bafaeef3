package dev.snug.speech.vietvoice;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.speech.vietvoice.TarReader.Member;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An archive whose attention is written in a way that is not recognised: each Softmax is an
 * exponential of a logarithm.
 */
public final class WholeArchive {
    private WholeArchive() {}

    /** Imports it into a store below {@code home}. */
    public static Bundle imported(Path home) throws IOException {
        TarBuilder tar = new TarBuilder();
        TarReader golden =
                new TarReader(new ByteArrayInputStream(Files.readAllBytes(Archive.FILE)), "golden");
        byte[] buffer = new byte[1 << 16];
        for (Member member = golden.next(); member != null; member = golden.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int read = golden.read(buffer); read >= 0; read = golden.read(buffer)) {
                content.write(buffer, 0, read);
            }
            byte[] bytes = content.toByteArray();
            boolean isTransformer = member.name().equals("transformer.onnx");
            tar.file("model/" + member.name(), isTransformer ? unrecognised(bytes) : bytes);
        }
        tar.file("model/README.md", "not known");
        tar.file("model/cleaned_audios/extra.mp3", "not described");
        Path file = Files.write(home.resolve("model-bin.pt"), tar.end());
        return Archive.imported(file, home);
    }

    private static byte[] unrecognised(byte[] transformer) {
        Model model = ModelReader.parse(ByteBuffer.wrap(transformer), "transformer");
        Graph graph = model.graph();
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.is("Softmax")) {
                String logarithm = node.output(0) + "/log";
                nodes.add(
                        new Node(
                                logarithm,
                                "",
                                "LogSoftmax",
                                node.inputs(),
                                List.of(logarithm),
                                node.attributes()));
                nodes.add(
                        new Node(
                                node.name(),
                                "",
                                "Exp",
                                List.of(logarithm),
                                node.outputs(),
                                Map.of()));
            } else {
                nodes.add(node);
            }
        }
        return ModelWriter.toBytes(
                model.withGraph(
                        new Graph(
                                graph.name(),
                                graph.inputs(),
                                graph.outputs(),
                                nodes,
                                graph.initializers(),
                                graph.valueTypes())));
    }
}
