package dev.snug.server.http;

/**
 * The limits of the JDK's server, which are properties of the process and read when its classes are
 * loaded. What somebody set on the command line stays.
 *
 * <p>Times are not among them: the JDK's maxReqTime and maxRspTime know neither the end of a head
 * nor a client that takes its answer slowly but steadily; {@link Watch} does.
 */
final class JdkLimits {
    private JdkLimits() {}

    static void set(FrontLimits limits) {
        put("jdk.httpserver.maxConnections", limits.connections());
        put("sun.net.httpserver.maxIdleConnections", Math.max(1, limits.connections() / 2));
        // Seconds that a connection is kept without a call, or without a first byte.
        put("sun.net.httpserver.idleInterval", 15);
        // Milliseconds between two looks at idle connections.
        put("sun.net.httpserver.clockTick", 5000);
        put("sun.net.httpserver.maxReqHeaders", 64);
        put("sun.net.httpserver.maxReqHeaderSize", 16 << 10);
        // Else a reply's head and body wait for each other's acknowledgement.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private static void put(String name, int value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, Integer.toString(value));
        }
    }
}
