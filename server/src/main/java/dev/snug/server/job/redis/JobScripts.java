package dev.snug.server.job.redis;

import dev.snug.server.redis.Script;

/** What the database does in one step. */
final class JobScripts {
    static final Script LOOK = script("look.lua");
    static final Script UPLOAD = script("upload.lua");
    static final Script SUBMIT = script("submit.lua");
    static final Script LIST = script("list.lua");
    static final Script CANCEL = script("cancel.lua");
    static final Script REMOVE = script("remove.lua");
    static final Script FORGET = script("forget.lua");
    static final Script WAITING = script("waiting.lua");
    static final Script TAKE = script("take.lua");
    static final Script PIECE = script("piece.lua");
    static final Script PROGRESS = script("progress.lua");
    static final Script STANDING = script("standing.lua");
    static final Script FINISH = script("finish.lua");
    static final Script BACK = script("back.lua");

    private JobScripts() {}

    private static Script script(String name) {
        return Script.of(JobScripts.class, "common.lua", name);
    }
}
