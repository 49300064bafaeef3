package dev.snug.runtime.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the control group of this process lies in the file system.
 *
 * @param version of the interface, 1 or 2
 * @param mountPoint folder at which the hierarchy, or the part of it that a container sees, begins
 * @param folder folder of the group, {@code mountPoint} or below it
 */
record CgroupMount(int version, String mountPoint, String folder) {
    private static final String GROUPS = "/proc/self/cgroup";
    private static final String MOUNTS = "/proc/self/mountinfo";

    /** Most groups inside each other; the kernel allows more, nobody needs them. */
    private static final int MAX_DEPTH = 100;

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /** The group that limits memory: version 1 where it has the controller, else version 2. */
    static Optional<CgroupMount> memory(KernelFiles files) {
        return find(files, 1, "memory").or(() -> unified(files));
    }

    /** The group of version 2. */
    static Optional<CgroupMount> unified(KernelFiles files) {
        return find(files, 2, "");
    }

    /** The folders from the group up to the mount point, the group first. */
    List<String> upwards() {
        List<String> folders = new ArrayList<>();
        String at = folder;
        while (at.length() > mountPoint.length() && folders.size() < MAX_DEPTH) {
            folders.add(at);
            at = at.substring(0, at.lastIndexOf('/'));
        }
        folders.add(mountPoint);
        return folders;
    }

    private static Optional<CgroupMount> find(KernelFiles files, int version, String controller) {
        Optional<String> path = group(files, version, controller);
        Optional<Mount> mount = mount(files, version, controller);
        if (path.isEmpty() || mount.isEmpty()) {
            return Optional.empty();
        }
        String point = mount.get().point();
        String folder = point + below(path.get(), mount.get().root());
        // A group outside of what is mounted here: the nearest one above it that is to be seen.
        while (folder.length() > point.length() && !files.isFolder(folder)) {
            folder = folder.substring(0, folder.lastIndexOf('/'));
        }
        return Optional.of(new CgroupMount(version, point, folder));
    }

    /** The path of the process's group, from a line such as {@code 4:memory:/user.slice}. */
    private static Optional<String> group(KernelFiles files, int version, String controller) {
        for (String line : files.text(GROUPS).orElse("").lines().toList()) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                throw new MeasureException(
                        files.path(GROUPS) + " has a line without two colons: " + shown(line));
            }
            boolean found =
                    version == 2
                            ? parts[0].equals("0") && parts[1].isEmpty()
                            : List.of(parts[1].split(",")).contains(controller);
            if (found) {
                return Optional.of(parts[2]);
            }
        }
        return Optional.empty();
    }

    private record Mount(String root, String point) {}

    /**
     * The mount of the hierarchy: proc_pid_mountinfo(5), {@code id parent dev ROOT POINT options
     * [optional…] - TYPE source SUPER}.
     */
    private static Optional<Mount> mount(KernelFiles files, int version, String controller) {
        String type = version == 2 ? "cgroup2" : "cgroup";
        for (String line : files.text(MOUNTS).orElse("").lines().toList()) {
            int dash = line.indexOf(" - ");
            String[] left = line.substring(0, Math.max(dash, 0)).split(" ", -1);
            String[] right = line.substring(dash + (dash < 0 ? 1 : 3)).split(" ", -1);
            if (dash < 0 || left.length < 6 || right.length < 3) {
                throw new MeasureException(
                        files.path(MOUNTS) + " has a line that is no mount: " + shown(line));
            }
            if (right[0].equals(type)
                    && (version == 2 || List.of(right[2].split(",")).contains(controller))) {
                String point = unescaped(left[4]);
                return Optional.of(new Mount(unescaped(left[3]), point.equals("/") ? "" : point));
            }
        }
        return Optional.empty();
    }

    /**
     * The part of {@code path} below {@code root}, which is mounted: empty or with a slash first.
     * Empty as well when the path is not below it, or leads out of it (another name space).
     */
    private static String below(String path, String root) {
        if (path.equals("/") || List.of(path.split("/")).contains("..")) {
            return "";
        }
        if (root.equals("/")) {
            return path;
        }
        return path.startsWith(root + "/") ? path.substring(root.length()) : "";
    }

    /** Undoes {@code \040} and its like, which mountinfo writes for blanks. */
    private static String unescaped(String text) {
        return OCTAL.matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        String.valueOf(
                                                (char) Integer.parseInt(match.group(1), 8))));
    }

    private static String shown(String line) {
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
