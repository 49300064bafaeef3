package dev.snug.speech.plan;

import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Stage;
import dev.snug.runtime.plan.StageGraph;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.speech.f5.BundleGraphs;
import dev.snug.speech.network.GraphRun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The graphs of a bundle with what each takes at each size: each is looked at once. */
final class PlannedGraphs {
    private final Bundle bundle;
    private final Map<String, StageGraph> graphs = new HashMap<>();
    private final Map<Sized, Stage> stages = new HashMap<>();
    private final Map<Asked, Demand> demands = new HashMap<>();

    private record Sized(String role, Map<String, Long> sizes, int threads) {}

    private record Asked(GraphRun run, SessionSettings settings) {}

    PlannedGraphs(Bundle bundle) {
        this.bundle = bundle;
    }

    /**
     * What {@code run} takes in a session of {@code settings}.
     *
     * @throws dev.snug.onnx.OnnxException when a size does not follow from those of the run
     */
    Demand demand(GraphRun run, SessionSettings settings) {
        Asked asked = new Asked(run, settings);
        Demand known = demands.get(asked);
        if (known == null) {
            known = Demand.of(run.stage().word(), stage(run, settings));
            demands.put(asked, known);
        }
        return known;
    }

    private Stage stage(GraphRun run, SessionSettings settings) {
        Stage stage = sized(run, settings.threads());
        // What the engine rewrites at load it keeps outside of the file: at most all weights.
        long rewritten =
                settings.optimization() == Optimization.NONE ? 0 : stage.packing().weightBytes();
        return new Stage(
                stage.activations(),
                stage.packing(),
                stage.nodes(),
                stage.inputBytes() + run.heldBytes() + rewritten,
                run.runs(),
                new Stage.Settings(settings.threads(), settings.weightsMapped(), settings.arena()));
    }

    private Stage sized(GraphRun run, int threads) {
        Sized sized = new Sized(run.role(), run.sizes(), threads);
        Stage known = stages.get(sized);
        if (known == null) {
            Stage.Settings settings = new Stage.Settings(threads, true, false);
            known = graph(run.role()).stage(run.sizes(), 1, settings);
            stages.put(sized, known);
        }
        return known;
    }

    /** Multiply-adds of all runs. */
    double multiplyAdds(GraphRun run, SessionSettings settings) {
        return (double) run.runs() * sized(run, settings.threads()).activations().multiplyAdds();
    }

    private StageGraph graph(String role) {
        StageGraph known = graphs.get(role);
        if (known == null) {
            Path file = BundleGraphs.file(bundle, role);
            try {
                known = StageGraph.of(ModelReader.read(file));
            } catch (IOException e) {
                throw new BundleException("cannot read " + file + ": " + e.getMessage(), e);
            }
            graphs.put(role, known);
        }
        return known;
    }
}
