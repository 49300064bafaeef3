package dev.snug.runtime.bundle;

import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that begins to install a model and never ends. */
final class SlowInstaller {
    private SlowInstaller() {}

    /** Starts it; it prints a line when it holds the model. */
    static Process start(Path home) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowInstaller.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) {
        new BundleStore(Path.of(arguments[0]))
                .install(
                        "skin",
                        folder -> {
                            Sample.writeFiles(folder, 9);
                            System.out.println("filling");
                            try {
                                Thread.sleep(60_000);
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                            return Sample.draft("skin");
                        });
    }
}
