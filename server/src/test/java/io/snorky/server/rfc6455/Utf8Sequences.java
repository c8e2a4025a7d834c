package io.snorky.server.rfc6455;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sequences of bytes by the number of Autobahn's cases, in hexadecimal. */
final class Utf8Sequences {

    private static final String KOSME = "cebae1bdb9cf83cebcceb5";

    static final Map<String, List<String>> VALID = valid();

    static final Map<String, List<String>> INVALID = invalid();

    private Utf8Sequences() {}

    private static Map<String, List<String>> valid() {
        Map<String, List<String>> valid = new LinkedHashMap<>();
        valid.put("6.2.4 κόσμε", List.of(KOSME));
        valid.put(
                "6.5 κόσμε and its neighbours",
                List.of("24" + KOSME, KOSME + "24", "c3a4" + KOSME));
        valid.put("6.6 a part of κόσμε", List.of("ceba", "cebae1bdb9", "cebae1bdb9cf83"));
        valid.put("6.7 the first of a length", List.of("00", "c280", "e0a080", "f0908080"));
        valid.put("6.9 the last of a length", List.of("7f", "dfbf", "efbfbf", "f48fbfbf"));
        valid.put("6.11 at a boundary", List.of("ed9fbf", "ee8080", "efbfbd", "f48fbfbf"));
        valid.put(
                "6.22 no character",
                List.of("efb790", "efbfbe", "f09fbfbe", "f3bfbfbf", "f48fbfbe"));
        valid.put("6.23 a special", List.of("efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd"));
        return valid;
    }

    private static Map<String, List<String>> invalid() {
        Map<String, List<String>> invalid = new LinkedHashMap<>();
        invalid.put("6.3 a surrogate in a text", List.of(KOSME + "eda080656469746564"));
        invalid.put("6.4 too large, in a text", List.of(KOSME + "f4908080656469746564"));
        invalid.put("6.6 κόσμε cut off", List.of("ce", "cebae1", "cebae1bd", "cebae1bdb9cf"));
        invalid.put("6.8 five and six bytes, the first", List.of("f888808080", "fc8480808080"));
        invalid.put(
                "6.10 four to six, the last", List.of("f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"));
        invalid.put("6.11 above all", List.of("f4908080"));
        invalid.put(
                "6.12 continuations of nothing",
                List.of(
                        "80",
                        "bf",
                        "80bf",
                        "80bf80",
                        "80bf80bf",
                        "80bf80bf80",
                        "80bf80bf80bf",
                        bytes(0x80, 0xbf, "")));
        invalid.put(
                "6.13 starts of nothing",
                List.of(
                        bytes(0xc0, 0xdf, "20"),
                        bytes(0xe0, 0xef, "20"),
                        bytes(0xf0, 0xf7, "20"),
                        bytes(0xf8, 0xfb, "20"),
                        bytes(0xfc, 0xfd, "20")));
        invalid.put(
                "6.14 the last byte is missing",
                List.of(
                        "c0",
                        "e080",
                        "f08080",
                        "f8808080",
                        "fc80808080",
                        "df",
                        "efbf",
                        "f7bfbf",
                        "fbbfbfbf",
                        "fdbfbfbfbf"));
        invalid.put(
                "6.15 all of these",
                List.of("c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"));
        invalid.put("6.16 impossible bytes", List.of("fe", "ff", "fefeffff"));
        invalid.put(
                "6.17 a slash too long",
                List.of("c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"));
        invalid.put(
                "6.18 the last that is too long",
                List.of("c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"));
        invalid.put(
                "6.19 zero too long",
                List.of("c080", "e08080", "f0808080", "f880808080", "fc8080808080"));
        invalid.put(
                "6.20 a surrogate",
                List.of("eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"));
        invalid.put(
                "6.21 a pair of surrogates",
                List.of(
                        "eda080edb080",
                        "eda080edbfbf",
                        "edadbfedb080",
                        "edadbfedbfbf",
                        "edae80edb080",
                        "edae80edbfbf",
                        "edafbfedb080",
                        "edafbfedbfbf"));
        return invalid;
    }

    /** All bytes from first to last, each followed by something. */
    private static String bytes(int first, int last, String each) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(b -> Integer.toHexString(b) + each)
                .reduce("", String::concat);
    }
}
