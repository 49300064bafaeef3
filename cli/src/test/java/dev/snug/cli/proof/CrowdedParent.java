package dev.snug.cli.proof;

import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.worker.Worker;
import dev.snug.runtime.worker.WorkerException;

import java.io.ByteArrayOutputStream;

/**
 * A parent that shares its control group with its workers, as in a container: the measured process
 * of {@code KilledWorkerIT}. It prints a line for each request: the kind of the error and its
 * message, or the answer's checksum.
 */
public final class CrowdedParent {
    private CrowdedParent() {}

    /**
     * Asks for more than the group has, then for what fits, each of a worker of its own.
     *
     * @param arguments bytes that are too many
     */
    public static void main(String[] arguments) throws Exception {
        print(ModelTask.TAKE, arguments[0]);
        print(ModelTask.SPEAK, RealWorkerIT.TEXT);
    }

    private static void print(String name, String text) throws Exception {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Worker worker = Worker.start(RealWorkerIT.settings())) {
            worker.run(
                    RealWorkerIT.request(name, text, RealWorkerIT.LONG),
                    part -> RealWorkerIT.collect(part, answer));
            System.out.println(Checksum.of(answer.toByteArray()));
        } catch (WorkerException e) {
            System.out.println(e.kind() + " " + e.getMessage());
        }
    }
}
