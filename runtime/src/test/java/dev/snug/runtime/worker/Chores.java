package dev.snug.runtime.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the tests have a worker do: well, badly, and not at all. */
public final class Chores implements WorkerTask {
    static final int LEAK_BYTES = 4 << 20;
    private static final byte[] PART = new byte[Frames.PAYLOAD_BYTES_MAX];

    private final List<ByteBuffer> leaked = new ArrayList<>();
    private int stepsDone;

    @Override
    public void run(String name, byte[] body, Reply reply) throws Exception {
        switch (name) {
            case "echo" -> reply.send(body);
            case "pid" -> reply.send(text(Long.toString(ProcessHandle.current().pid())));
            case "begin and wait" -> {
                reply.send(text("begun"));
                Thread.sleep(60_000);
            }
            case "stream" -> {
                while (true) {
                    reply.send(PART);
                }
            }
            case "steps" ->
                    steps(Integer.parseInt(new String(body, StandardCharsets.UTF_8)), reply);
            case "steps done" -> reply.send(text(Integer.toString(stepsDone)));
            case "fill the heap" -> fillTheHeap();
            case "direct" -> ByteBuffer.allocateDirect(1 << 30);
            case "hold" -> hold(body, reply);
            case "malloc" -> malloc(1L << 30);
            case "bad_alloc" ->
                    throw new IllegalStateException("cannot run m.onnx: std::bad_alloc");
            case "wrong" -> throw new IllegalArgumentException("no such voice");
            case "garbage" -> {
                garbage();
                reply.send(text("clean"));
            }
            case "leak" -> {
                ByteBuffer bytes = ByteBuffer.allocateDirect(LEAK_BYTES);
                for (int i = 0; i < LEAK_BYTES; i += 4096) {
                    bytes.put(i, (byte) 1);
                }
                leaked.add(bytes);
                reply.send(text(Long.toString(ProcessHandle.current().pid())));
            }
            case "halt" -> {
                System.out.println("giving up");
                Runtime.getRuntime().halt(7);
            }
            default -> throw new IOException("unknown: " + name);
        }
    }

    /** Ten steps of so many milliseconds; tells the number of each. */
    private void steps(int millis, Reply reply) throws IOException, InterruptedException {
        stepsDone = 0;
        for (int i = 1; i <= 10; i++) {
            Thread.sleep(millis);
            reply.send(text(Integer.toString(i)));
            reply.stepEnded();
            stepsDone++;
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Holds as many bytes as the body says, tells it, and gives them back before the answer ends.
     */
    private static void hold(byte[] body, Reply reply) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(Long.parseLong(new String(body, StandardCharsets.UTF_8))).fill((byte) 1);
            reply.send(text("held"));
        }
    }

    private static void fillTheHeap() {
        long bytes = 0;
        for (Object[] chain = {}; bytes >= 0; chain = new Object[] {chain, new byte[1 << 20]}) {
            bytes += chain.length;
        }
    }

    /** As a native library allocates: nothing of Java's knows of it, and null means no memory. */
    @SuppressWarnings("restricted")
    private static void malloc(long bytes) throws IOException {
        MethodHandle malloc =
                Linker.nativeLinker()
                        .downcallHandle(
                                Linker.nativeLinker().defaultLookup().findOrThrow("malloc"),
                                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        try (Arena _ = Arena.ofConfined()) {
            MemorySegment got = (MemorySegment) malloc.invokeExact(bytes);
            if (got.equals(MemorySegment.NULL)) {
                throw new IOException("malloc(" + bytes + "): std::bad_alloc");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static void garbage() {
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
        System.err.write(bytes, 0, bytes.length);
    }
}
