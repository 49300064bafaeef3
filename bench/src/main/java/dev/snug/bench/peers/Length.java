package dev.snug.bench.peers;

/** How much is spoken after the voice of 4 s, which is 375 frames and 75 bytes of text. */
enum Length {
    /** As many bytes as the voice's: 375 frames at its pace. */
    SHORT(
            Kind.SPEECH,
            "",
            "Hom nay troi dep qua, chung ta cung nhau di dao quanh ho Guom mot vong nhe.",
            750,
            "8"),

    /** 206 bytes: 1030 frames at its pace. */
    LONG(
            Kind.LONG,
            "-long",
            "Hom nay troi dep qua, chung ta cung nhau di dao quanh ho Guom mot vong nhe. "
                    + "Buoi sang mat lanh, nuoc xanh va cay la rung rinh truoc gio. "
                    + "Di mot vong het nua tieng, roi ngoi uong ca phe, nghe ke doi moi hay.",
            1405,
            "14.99");

    final Kind kind;

    /** Ends the ids of its rows. */
    final String suffix;

    final String text;

    /** Of the voice and the speech together. */
    final int frames;

    /** The same as {@code --fix-duration} takes it; what is left of a frame is cut off. */
    final String seconds;

    Length(Kind kind, String suffix, String text, int frames, String seconds) {
        this.kind = kind;
        this.suffix = suffix;
        this.text = text;
        this.frames = frames;
        this.seconds = seconds;
    }
}
