package dev.snug.speech.text.chunk;

import java.util.Set;

/** Words whose full stop ends no sentence, because a name or a number follows. */
final class Abbreviations {
    private static final String PLACES = "TP Tp tp TX Tx TT Tt Q P Đ";
    private static final String TITLES =
            "TS Ts ThS Ths GS Gs PGS BS Bs KS Ks CN LS Ls NS NSƯT NSND CKI CKII BSCKI BSCKII Mr Mrs"
                    + " Ms Dr Prof St Sr Jr Gen Col Lt Sgt Hon Rev";
    private static final String OTHERS =
            "ĐT đt Tel tel No Nr vs tr NXB Nxb Cty CTy cty Đ/c đ/c Mt Ft Ave Fig Eq pp vol Vol Jan"
                    + " Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec";

    private static final Set<String> ALL =
            Set.of((PLACES + " " + TITLES + " " + OTHERS).split(" ", -1));

    private Abbreviations() {}

    /** Whether the stop behind {@code word} (without it) only shortens the word. */
    static boolean contains(String word) {
        return ALL.contains(word);
    }
}
