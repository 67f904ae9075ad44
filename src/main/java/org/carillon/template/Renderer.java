package org.carillon.template;

import java.util.Map;
import java.util.Objects;
import org.carillon.fact.Channel;

/** Fills a template with values. Values are text and stay text: whatever they contain is never looked at again (SEC-10). */
public final class Renderer {

    private static final String DOTS = "...";
    private static final int SHORTEST = 8;

    private Renderer() { }

    /**
     * @param values      by field: text, local date, local time or decimal; a missing or blank one calls for the fallback
     * @param language    of the text ({@code fr}, {@code en})
     * @param country     ISO 3166-1 alpha-2 of the location: currency and habits of dates
     * @param maxSegments longest SMS; 0 = any length
     */
    public static Rendering render(TemplateText template, Map<String, ?> values, String language, String country, Channel channel, int maxSegments) {
        int limit = Integer.MAX_VALUE;
        while (true) {
            StringBuilder text = new StringBuilder();
            int longest = 0;
            for (TemplateText.Part part : template.parts()) {
                if (part instanceof TemplateText.Part.Placeholder p) {
                    String value = value(values.get(p.field()), language, country, channel);
                    if (value.isBlank() && p.fallback() == null) {
                        return new Rendering.Missing(p.field());
                    }
                    String shown = value.isBlank() ? p.fallback() : value;
                    longest = Math.max(longest, shown.length());
                    text.append(shorten(shown, limit));
                } else {
                    text.append(((TemplateText.Part.Literal) part).text());
                }
            }
            String clean = channel == Channel.SMS ? SmsMode.TYPO.apply(CleanText.of(text.toString())) : CleanText.of(text.toString());
            int segments = channel == Channel.SMS ? SmsText.of(clean).segments() : 1;
            if (channel == Channel.EMAIL || maxSegments == 0 || segments <= maxSegments) {
                return new Rendering.Rendered(clean);
            }
            if (Math.min(limit, longest) <= SHORTEST) {
                return new Rendering.TooLong(segments, maxSegments);
            }
            limit = Math.max(SHORTEST, Math.min(limit, longest) * 3 / 4);
        }
    }

    private static String value(Object value, String language, String country, Channel channel) {
        return value instanceof String text ? text : value == null ? "" : Objects.toString(ValueFormat.of(value, language, country, channel), "");
    }

    /** Cuts a long value at a boundary between what people see as characters (MSG-07). */
    private static String shorten(String value, int limit) {
        if (value.length() <= limit) {
            return value;
        }
        java.text.BreakIterator graphemes = java.text.BreakIterator.getCharacterInstance(java.util.Locale.ROOT);
        graphemes.setText(value);
        return value.substring(0, Math.max(0, graphemes.preceding(limit - DOTS.length() + 1))) + DOTS;
    }
}
