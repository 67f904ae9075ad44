package org.carillon.fact;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Text as it is searched: lower case, without accents, single spaces; the same for what is stored and what is asked. */
public final class SearchText {

    private SearchText() { }

    public static String of(String... texts) {
        String joined = Arrays.stream(texts).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return Normalizer.normalize(joined, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "").toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }

    /** As a LIKE pattern that finds the text anywhere, its own wildcards taken literally. */
    public static String pattern(String asked) { return "%" + of(asked).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"; }
}
