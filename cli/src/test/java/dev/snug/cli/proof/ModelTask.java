package dev.snug.cli.proof;

import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.worker.Reply;
import dev.snug.runtime.worker.WorkerTask;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** A worker's task with a real model: the shipped voice. */
public final class ModelTask implements WorkerTask {
    static final String SPEAK = "speak";

    /** Sends a byte, then speaks until it is killed. */
    static final String SPEAK_ON = "speak on";

    /** Runs the velocity graph with as many frames as the body says. */
    static final String VELOCITY = "velocity";

    /** Takes as many bytes of native memory as the body says. */
    static final String TAKE = "take";

    @Override
    public void run(String name, byte[] body, Reply reply) throws Exception {
        String text = new String(body, StandardCharsets.UTF_8);
        switch (name) {
            case SPEAK -> reply.send(RealWork.spoken(text, SessionSettings.MAPPED));
            case SPEAK_ON -> {
                reply.send(new byte[1]);
                while (!reply.cancelled()) {
                    RealWork.spoken(text, SessionSettings.MAPPED);
                }
            }
            case VELOCITY -> {
                Cycles.velocity(Long.parseLong(text));
                reply.send(new byte[1]);
            }
            case TAKE -> {
                try (Arena arena = Arena.ofConfined()) {
                    arena.allocate(Long.parseLong(text)).fill((byte) 1);
                }
                reply.send(new byte[1]);
            }
            default -> throw new IllegalArgumentException(name);
        }
    }
}
