package dev.snug.server.settings;

/** Who can reach a server, and what follows from it. Pure: nothing is looked up. */
public final class Exposure {
    private Exposure() {}

    /**
     * Whether others than this machine's users can reach the server: it listens elsewhere than on
     * loopback, or a proxy whose word is trusted passes on what comes from elsewhere.
     */
    public static boolean isPublic(ServerSettings settings) {
        return !isLoopback(settings.host()) || settings.trustProxy();
    }

    /** Whether somebody must be known to use the API. */
    public static boolean needsSignIn(ServerSettings settings) {
        return settings.signIn() == ServerSettings.SignIn.ALWAYS || isPublic(settings);
    }

    /**
     * Refuses to be reached by others before there is anybody who may sign in: whoever came first
     * would be the first administrator.
     *
     * @param hasAccount whether the data folder holds an account
     * @throws SettingsException with the three ways out
     */
    public static void check(ServerSettings settings, boolean hasAccount) {
        if (!isPublic(settings) || hasAccount || settings.adminPasswordHash() != null) {
            return;
        }
        String why =
                isLoopback(settings.host())
                        ? "with trust-proxy others reach this server"
                        : "host " + settings.host() + " is reached by others";
        throw new SettingsException(
                why
                        + ", and nobody could sign in: there is no account in "
                        + settings.data()
                        + ". One of three: snug account add NAME; "
                        + SettingKey.ADMIN_PASSWORD_HASH.variable()
                        + " with a bcrypt hash, where the disk is lost at a restart; or start it"
                        + " once with --host 127.0.0.1 and without trust-proxy, and open the"
                        + " one-time link that it prints");
    }

    /**
     * Whether {@code host} is an address of 127.0.0.0/8 (RFC 1122, 3.2.1.3) with all four numbers,
     * {@code ::1} (RFC 4291, 2.5.3) or {@code localhost} (RFC 6761, 6.3). Other ways to write them
     * count as public: the careful answer costs an account.
     */
    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost") || host.equals("::1")) {
            return true;
        }
        String[] numbers = host.split("\\.", -1);
        if (numbers.length != 4 || !numbers[0].equals("127")) {
            return false;
        }
        for (String number : numbers) {
            if (number.isEmpty() || number.length() > 3) {
                return false;
            }
            int value = 0;
            for (int i = 0; i < number.length(); i++) {
                char digit = number.charAt(i);
                if (digit < '0' || digit > '9') {
                    return false;
                }
                value = 10 * value + (digit - '0');
            }
            if (value > 255) {
                return false;
            }
        }
        return true;
    }
}
