package dev.snug.vision.picture;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/** The JDK's own JPEG codec, whatever other plug-ins the class path holds: none is looked for. */
final class NativeJpeg {
    private NativeJpeg() {}

    static ImageReader reader() throws IOException {
        return provider(ImageReaderSpi.class).createReaderInstance();
    }

    static ImageWriter writer() throws IOException {
        return provider(ImageWriterSpi.class).createWriterInstance();
    }

    private static <S extends ImageReaderWriterSpi> S provider(Class<S> kind) {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            Iterator<S> found =
                    IIORegistry.getDefaultInstance()
                            .getServiceProviders(kind, NativeJpeg::isNative, false);
            if (!found.hasNext()) {
                throw new PictureException("this Java runtime has no JPEG decoder (java.desktop)");
            }
            return found.next();
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    private static boolean isNative(Object spi) {
        return spi instanceof ImageReaderWriterSpi codec
                && spi.getClass().getModule() == ImageReader.class.getModule()
                && Arrays.asList(codec.getFormatNames()).contains("JPEG");
    }
}
