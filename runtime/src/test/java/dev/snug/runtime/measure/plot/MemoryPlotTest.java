package dev.snug.runtime.measure.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.measure.MemorySample;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

/**
 * The picture of a run whose figures the test made up: the JDK's XML parser reads it, and heights
 * and widths are held against the scale that the picture's own labels name.
 */
final class MemoryPlotTest {
    private static final long MIB = 1 << 20;

    /** 10 s: 2 s of text, 6 s of velocity in two steps, 2 s of vocoder; 100 MiB at most. */
    private static final List<MemorySample> RUN =
            List.of(
                    sample(0, 20, 30, "text"),
                    sample(2, 40, 30, "velocity 1/2"),
                    sample(5, 60, 40, "velocity 2/2"),
                    sample(8, 30, 30, "vocoder"),
                    sample(10, 30, 30, "vocoder"));

    private static MemorySample sample(long seconds, long anonymous, long file, String stage) {
        return new MemorySample(
                seconds * 1_000_000,
                anonymous * MIB,
                file * MIB,
                0,
                100 * MIB,
                0,
                MemorySample.Around.UNKNOWN,
                stage);
    }

    @Test
    void itIsXmlWithoutScriptsAndWithoutAnythingFromElsewhere() throws Exception {
        String svg = MemoryPlot.svg("a < b & \"c\"", RUN);
        Document document = parsed(svg);

        assertThat(document.getDocumentElement().getNamespaceURI())
                .isEqualTo("http://www.w3.org/2000/svg");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a < b & \"c\"");
        assertThat(svg)
                .contains("prefers-color-scheme:dark")
                .doesNotContain("<script", "href", "url(", "onload")
                .contains("viewBox=\"0 0 360 ");
    }

    @Test
    void peakStagesAndUnitsAreSaidInWords() throws Exception {
        Document document = parsed(MemoryPlot.svg("x", RUN));

        assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo(
                        "Resident memory over 10.00 seconds; peak 100.0 MiB, anonymous at most"
                                + " 60.0 MiB");
        assertThat(texts(document))
                .contains("peak 100.0 MiB", "anonymous, at most 60.0 MiB", "MiB", "0 s")
                .contains("velocity 6.00 s, 100 MiB", "vocoder 2.00 s, 60 MiB")
                .as("numbers at the axes")
                .contains("50", "100", "2", "10");
    }

    @Test
    void theAreasAreAsHighAndTheBandsAsWideAsTheirFigures() throws Exception {
        Document document = parsed(MemoryPlot.svg("x", RUN));
        double bottom = number(label(document, "0"), "y");
        double mibPixels = (bottom - number(label(document, "100"), "y")) / 100;
        double secondPixels =
                (number(label(document, "10"), "x") - number(label(document, "0 s"), "x")) / 10;

        List<Element> bands = of(document, "rect", "even", "odd");
        assertThat(bands).hasSize(3);
        assertThat(number(bands.get(1), "width") / secondPixels)
                .isCloseTo(6, org.assertj.core.data.Offset.offset(0.05));
        double grid = bottom - 4;
        assertThat((grid - top(of(document, "path", "anonymous").getFirst())) / mibPixels)
                .isCloseTo(60, org.assertj.core.data.Offset.offset(0.5));
        assertThat((grid - top(of(document, "path", "file").getFirst())) / mibPixels)
                .isCloseTo(100, org.assertj.core.data.Offset.offset(0.5));
    }

    @Test
    void aLongRunIsDrawnWithAsManyPointsAsCanBeSeen() throws Exception {
        List<MemorySample> samples = new ArrayList<>();
        for (int i = 0; i < 4096; i++) {
            samples.add(sample(i, i == 1000 ? 90 : 10, 10, "run"));
        }
        Document document = parsed(MemoryPlot.svg("x", samples));
        String path = of(document, "path", "anonymous").getFirst().getAttribute("d");

        assertThat(path.chars().filter(c -> c == 'L').count()).isLessThan(2 * 650);
        double bottom = number(label(document, "0"), "y") - 4;
        double mibPixels = (bottom + 4 - number(label(document, "100"), "y")) / 100;
        assertThat((bottom - top(of(document, "path", "anonymous").getFirst())) / mibPixels)
                .as("the one high sample is not lost")
                .isCloseTo(90, org.assertj.core.data.Offset.offset(0.5));
    }

    @Test
    void oneSampleIsAPictureAndNoneIsNot() throws Exception {
        assertThat(texts(parsed(MemoryPlot.svg("x", RUN.subList(0, 1)))))
                .contains("peak 100.0 MiB");
        assertThatThrownBy(() -> MemoryPlot.svg("x", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document document) {
        return of(document, "text").stream().map(Element::getTextContent).toList();
    }

    private static Element label(Document document, String words) {
        return of(document, "text").stream()
                .filter(text -> text.getTextContent().equals(words))
                .findFirst()
                .orElseThrow();
    }

    private static List<Element> of(Document document, String tag, String... classes) {
        List<Element> found = new ArrayList<>();
        NodeList all = document.getElementsByTagName(tag);
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (classes.length == 0 || List.of(classes).contains(element.getAttribute("class"))) {
                // Squares of the legend are no bands.
                if (!tag.equals("rect") || number(element, "height") > 20) {
                    found.add(element);
                }
            }
        }
        return found;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** The least y of a path of M and L points. */
    private static double top(Element path) {
        double least = Double.MAX_VALUE;
        for (String point : path.getAttribute("d").replace("Z", "").split("[ML]", -1)) {
            if (!point.isEmpty()) {
                least = Math.min(least, Double.parseDouble(point.split(" ", -1)[1]));
            }
        }
        return least;
    }
}
