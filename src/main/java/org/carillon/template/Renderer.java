package org.carillon.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carillon.fact.Channel;

/**
 * Fills a template with values. Values are text and stay text: whatever they contain is never looked at again (SEC-10). An SMS that comes out
 * too long is made shorter in its long texts, never in its dates, amounts and links.
 */
public final class Renderer {

    private static final String DOTS = "...";
    private static final int SHORTEST = 8;
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    private static final Pattern LINK = Pattern.compile("https?://");

    private Renderer() { }

    /**
     * @param values      by field: text, local date, local time or decimal; a missing or blank one calls for the fallback
     * @param language    of the text ({@code fr}, {@code en})
     * @param country     ISO 3166-1 alpha-2 of the location: currency and habits of dates
     * @param maxSegments longest SMS; 0 = any length
     */
    public static Rendering render(TemplateText template, Map<String, ?> values, String language, String country, Channel channel, int maxSegments) {
        return render(template, values, language, country, channel, maxSegments, SmsMode.TYPO, Alphabet.GSM7);
    }

    /** As above, in the location's own mode (MSG-02) and the alphabet of its route. */
    public static Rendering render(TemplateText template, Map<String, ?> values, String language, String country, Channel channel, int maxSegments, SmsMode mode,
                                   Alphabet alphabet) {
        List<Piece> pieces = new ArrayList<>(template.parts().size());
        for (TemplateText.Part part : template.parts()) {
            if (part instanceof TemplateText.Part.Placeholder p) {
                Object value = values.get(p.field());
                String shown = shown(value, p.fallback(), language, country, channel);
                if (shown == null) {
                    return new Rendering.Missing(p.field());
                }
                pieces.add(new Piece(shown, (value == null || value instanceof String) && !LINK.matcher(shown).find()));
            } else {
                pieces.add(new Piece(((TemplateText.Part.Literal) part).text(), false));
            }
        }
        return channel == Channel.SMS ? fit(pieces, maxSegments, mode, alphabet) : new Rendering.Rendered(CleanText.of(join(pieces, Integer.MAX_VALUE)));
    }

    /** As above, with what the text must say of the shop and does not say itself; counted and kept whole where values are cut. Null: none. */
    public static Rendering render(TemplateText template, Imprint imprint, Map<String, ?> values, String language, String country, Channel channel, int maxSegments,
                                   SmsMode mode, Alphabet alphabet) {
        if (imprint == null) {
            return render(template, values, language, country, channel, maxSegments, mode, alphabet);
        }
        Rendering bare = render(template, values, language, country, channel, 0, mode, alphabet);
        return bare instanceof Rendering.Rendered said
            ? render(imprint.on(template, said.text(), channel, language), values, language, country, channel, maxSegments, mode, alphabet) : bare;
    }

    private record Piece(String text, boolean cuttable) { }

    private static Rendering fit(List<Piece> pieces, int maxSegments, SmsMode mode, Alphabet alphabet) {
        int longest = pieces.stream().filter(Piece::cuttable).mapToInt(p -> p.text().length()).max().orElse(0);
        int room = maxSegments == 0 ? Integer.MAX_VALUE : maxSegments * 160;  // no value longer than the whole can fit
        for (int limit = Integer.MAX_VALUE; ; limit = Math.max(SHORTEST, Math.min(room, Math.min(limit, longest) * 3 / 4))) {
            String text = mode.apply(CleanText.of(join(pieces, limit)), alphabet);
            int segments = SmsText.of(text, alphabet).segments();
            if (maxSegments == 0 || segments <= maxSegments) {
                return new Rendering.Rendered(text);
            }
            if (Math.min(limit, longest) <= SHORTEST) {
                return new Rendering.TooLong(segments, maxSegments);
            }
        }
    }

    private static String join(List<Piece> pieces, int limit) {
        return pieces.stream().map(p -> p.cuttable() ? shorten(p.text(), limit) : p.text()).collect(Collectors.joining());
    }

    /** The value or else the fallback; null where there is neither. */
    private static String shown(Object value, String fallback, String language, String country, Channel channel) {
        String text = value == null ? "" : CleanText.of(value instanceof String given ? given : ValueFormat.of(value, language, country, channel));
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)) ? fallback : text;
    }

    /** Cuts a long value at a boundary between what people see as characters (MSG-07). */
    private static String shorten(String value, int limit) {
        if (value.length() <= limit) {
            return value;
        }
        Matcher graphemes = GRAPHEME.matcher(value);  // BreakIterator of Java 17 splits joined emoji and flags
        int end = 0;
        while (graphemes.find() && graphemes.end() <= limit - DOTS.length()) {
            end = graphemes.end();
        }
        return value.substring(0, end) + DOTS;
    }
}
