package dev.snug.server.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Mustache templates of the class path, compiled at their first use; values are escaped. */
final class Templates {
    private final Map<String, Template> compiled = new ConcurrentHashMap<>();
    private final Mustache.Compiler compiler =
            Mustache.compiler()
                    .escapeHTML(true)
                    .emptyStringIsFalse(true)
                    .nullValue("")
                    .withLoader(Templates::open);

    /**
     * The page that template {@code name} makes of {@code values}.
     *
     * @throws com.samskivert.mustache.MustacheException when the template names what is not there
     */
    String render(String name, Map<String, Object> values) {
        return compiled.computeIfAbsent(name, n -> compiler.loadTemplate(n)).execute(values);
    }

    private static Reader open(String name) throws FileNotFoundException {
        InputStream in = Templates.class.getResourceAsStream(name + ".mustache");
        if (in == null) {
            throw new FileNotFoundException("no template " + name + " on the class path");
        }
        return new InputStreamReader(in, StandardCharsets.UTF_8);
    }
}
