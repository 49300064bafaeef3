package dev.snug.server.job.redis;

import dev.snug.server.job.JobId;
import dev.snug.server.job.Line;

/**
 * Names of what lies in the database; {@link RedisJobs} says what each of them is. The scripts make
 * the same names.
 */
final class Keys {
    private Keys() {}

    /** Of a job's figures. */
    static String job(String id) {
        return "snug:job:" + id;
    }

    /** Of something else that a job has. */
    static String part(String id, String part) {
        return job(id) + ":" + part;
    }

    /** Of the stream of a line. */
    static String line(Line line) {
        return "snug:line:" + line.kind().word() + ":" + line.model() + ":" + line.version();
    }

    /** Whether it can be a job: another text could be a part of a key. */
    static boolean isId(String text) {
        return text.length() == JobId.CHARS
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
