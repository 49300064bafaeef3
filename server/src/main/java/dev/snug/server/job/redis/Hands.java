package dev.snug.server.job.redis;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this server has in hand, by token; and the tokens for which it never learnt whether they got
 * anything. For many threads.
 */
final class Hands {
    /** Lost replies that are remembered: each is of one take, of which few run at a time. */
    private static final int UNSURE_MAX = 64;

    private final Map<String, Hand> hands = new HashMap<>();
    private final Deque<String> unsure = new ArrayDeque<>();

    synchronized List<String> tokens() {
        return new ArrayList<>(hands.keySet());
    }

    synchronized List<String> unsure() {
        return new ArrayList<>(unsure);
    }

    synchronized void add(String token, Hand hand) {
        hands.put(token, hand);
    }

    /** The take with this token may have got something, and nobody was told of it. */
    synchronized void doubt(String token) {
        hands.remove(token);
        unsure.addLast(token);
        if (unsure.size() > UNSURE_MAX) {
            unsure.removeFirst();
        }
    }

    /** Null for what was let go. */
    synchronized @Nullable Hand find(String token) {
        return hands.get(token);
    }

    /** Lets go of a task, whose folder is deleted. */
    void letGo(String token) {
        Hand hand;
        synchronized (this) {
            hand = hands.remove(token);
        }
        if (hand != null) {
            hand.empty();
        }
    }
}
