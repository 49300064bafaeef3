package dev.snug.cli.proof;

import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import java.nio.file.Path;

/** Decodes a picture and asks no plan whether it fits: the control of {@link RandomJobsIT}. */
final class Unplanned {
    private Unplanned() {}

    /** Decodes the file named by the only argument. */
    public static void main(String[] arguments) {
        Picture picture =
                PictureDecoder.within(PictureLimits.DEFAULT).decode(Path.of(arguments[0]));
        System.out.println(picture.width() + " x " + picture.height());
    }
}
