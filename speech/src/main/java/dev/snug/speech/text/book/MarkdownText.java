package dev.snug.speech.text.book;

import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

import java.util.List;

/**
 * What a reader says of Markdown (CommonMark 0.31, tables of GitHub): words, what a link is called
 * and a picture shows, a table row by row; no marks, addresses, code blocks, HTML or comments. Each
 * paragraph, item and row is a line, blank lines between paragraphs. Pure.
 */
final class MarkdownText extends AbstractVisitor {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final StringBuilder text = new StringBuilder();

    private MarkdownText() {}

    static String of(String markdown) {
        MarkdownText reading = new MarkdownText();
        PARSER.parse(markdown).accept(reading);
        return reading.text.toString();
    }

    @Override
    public void visit(Text words) {
        text.append(words.getLiteral());
    }

    @Override
    public void visit(Code code) {
        text.append(code.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        text.append(' ');
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        text.append('\n');
    }

    @Override
    public void visit(Heading heading) {
        endLines(2);
        visitChildren(heading);
        endLines(2);
    }

    @Override
    public void visit(Paragraph paragraph) {
        visitChildren(paragraph);
        endLines(paragraph.getParent() instanceof ListItem ? 1 : 2);
    }

    @Override
    public void visit(ListItem item) {
        endLines(1);
        visitChildren(item);
        endLines(1);
    }

    @Override
    public void visit(BlockQuote quote) {
        endLines(2);
        visitChildren(quote);
        endLines(2);
    }

    @Override
    public void visit(ThematicBreak rule) {
        endLines(2);
    }

    @Override
    public void visit(FencedCodeBlock code) {
        endLines(2);
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        endLines(2);
    }

    @Override
    public void visit(HtmlBlock html) {
        endLines(2);
    }

    @Override
    public void visit(HtmlInline html) {
        // A line break is the one element of HTML that is heard.
        if (html.getLiteral().startsWith("<br")) {
            text.append('\n');
        }
    }

    @Override
    public void visit(CustomBlock block) {
        endLines(2);
        visitChildren(block);
        if (block instanceof TableBlock) {
            endLines(2);
        }
    }

    @Override
    public void visit(CustomNode node) {
        visitChildren(node);
        if (node instanceof TableCell && node.getNext() != null) {
            text.append(", ");
        } else if (node instanceof TableRow) {
            endLines(1);
        }
    }

    /** Has the text end with so many line ends, unless it is empty. */
    private void endLines(int count) {
        int ends = 0;
        while (ends < text.length() && text.charAt(text.length() - 1 - ends) == '\n') {
            ends++;
        }
        for (; !text.isEmpty() && ends < count; ends++) {
            text.append('\n');
        }
    }
}
