package dev.snug.onnx.lifetime;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The order in which ONNX Runtime runs the nodes of a graph one after the other: not the file's.
 *
 * <p>It walks back from the nodes that nothing follows, the last of them first, and at each node
 * goes into the input that stands last in the file before the others; a node runs once everything
 * before it has (Graph::ReverseDFSFrom with NodeCompare, core/graph/graph.cc, the order DEFAULT).
 */
final class ExecutionOrder {
    private final List<Node> nodes;
    private final Map<String, Integer> producers = new HashMap<>();
    private final List<Node> order = new ArrayList<>();

    /** A node on the way: before what it reads, or after. */
    private record Visit(int node, boolean isLeaving) {}

    private ExecutionOrder(Graph graph) {
        this.nodes = graph.nodes();
        for (int index = 0; index < nodes.size(); index++) {
            for (String output : nodes.get(index).outputs()) {
                if (!output.isEmpty()) {
                    producers.put(output, index);
                }
            }
        }
    }

    /** The nodes of {@code graph} as they run. */
    static List<Node> of(Graph graph) {
        return new ExecutionOrder(graph).walked();
    }

    private List<Node> walked() {
        boolean[] isRead = new boolean[nodes.size()];
        for (Node node : nodes) {
            before(node).forEach(index -> isRead[index] = true);
        }
        Deque<Visit> stack = new ArrayDeque<>();
        for (int index = 0; index < isRead.length; index++) {
            if (!isRead[index]) {
                stack.push(new Visit(index, false));
            }
        }
        boolean[] isSeen = new boolean[nodes.size()];
        while (!stack.isEmpty()) {
            Visit visit = stack.pop();
            if (visit.isLeaving) {
                order.add(nodes.get(visit.node));
            } else if (!isSeen[visit.node]) {
                isSeen[visit.node] = true;
                stack.push(new Visit(visit.node, true));
                for (int input : before(nodes.get(visit.node))) {
                    if (!isSeen[input]) {
                        stack.push(new Visit(input, false));
                    }
                }
            }
        }
        return order;
    }

    /** Places of the nodes that {@code node} reads from, in the order of the file. */
    private Set<Integer> before(Node node) {
        Set<Integer> before = new TreeSet<>();
        for (String input : node.inputs()) {
            Integer producer = producers.get(input);
            if (producer != null) {
                before.add(producer);
            }
        }
        return before;
    }
}
