package dev.snug.runtime.worker;

/** A process with an idle and a busy worker, which prints their process ids and waits. */
final class DoomedParent {
    private DoomedParent() {}

    public static void main(String[] arguments) throws Exception {
        Worker idle = Worker.start(Children.settings());
        Worker busy = Worker.start(Children.settings());
        busy.run(
                Children.request("begin and wait"),
                part -> System.out.println(idle.pid() + " " + busy.pid()));
    }
}
