package org.carillon.template;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carillon.fact.Channel;
import org.carillon.fact.SearchText;
import org.carillon.fact.WordFile;

/**
 * Who writes, where they can be reached and how to stop (LAW-05 to 07, LAW-23). Added to a text where the text does not say it itself: in an SMS the
 * shop's name in front, contact and STOP behind; in an e-mail name, postal address and contact behind (its way to stop is the mail's own).
 *
 * @param contact    web page, e-mail or telephone
 * @param stopNumber where STOP goes when the sender is a name that nobody can answer; empty where the sender takes answers
 * @param answerable whether the sender of an SMS can be answered
 */
public record Imprint(String shop, String address, String contact, String stopNumber, boolean answerable) implements Serializable {

    /** @param needle what the text says already where it needs no addition */
    public record Addition(String needle, String text) { }

    private static final String STOP = "STOP";
    private static final Pattern KEYWORD = Pattern.compile("(?<![\\p{L}\\p{N}-])" + STOP + "(?![\\p{L}\\p{N}])");

    public Imprint {
        shop = line(shop);
        contact = line(contact);
        address = address == null ? "" : address.strip();
        stopNumber = line(stopNumber);
    }

    private static String line(String text) { return text == null ? "" : text.strip().replaceAll("\\s+", " "); }

    /** What an offer must name and nobody has entered: NAME, ADDRESS, CONTACT, STOP; nothing where all is there. */
    public List<String> lacks(Channel channel) {
        List<String> missing = new ArrayList<>();
        add(missing, shop, "NAME");
        add(missing, address, "ADDRESS");
        add(missing, contact, "CONTACT");
        add(missing, channel == Channel.EMAIL || answerable ? "-" : stopNumber, STOP);
        return missing;
    }

    private static void add(List<String> missing, String value, String name) {
        if (value.isEmpty()) {
            missing.add(name);
        }
    }

    public List<Addition> before(Channel channel) {
        return channel == Channel.EMAIL || shop.isEmpty() ? List.of() : List.of(new Addition(shop, shop + ": "));
    }

    /** Each a line of its own. */
    public List<Addition> after(Channel channel, String language) {
        Stream<Addition> lines = channel == Channel.EMAIL ? Stream.of(shop, address, contact).map(said -> new Addition(said, said))
            : Stream.of(new Addition(contact, contact), new Addition(answerable ? STOP : stopNumber, stop(language)));
        return lines.filter(a -> !a.text().isEmpty()).toList();
    }

    private String stop(String language) {
        return answerable ? WordFile.of("imprint", language).getProperty("stop")
            : stopNumber.isEmpty() ? "" : WordFile.of("imprint", language).getProperty("stop.number").replace("{number}", stopNumber);
    }

    /** @param said what the template became without it */
    TemplateText on(TemplateText template, String said, Channel channel, String language) {
        List<TemplateText.Part> parts = new ArrayList<>();
        before(channel).stream().filter(a -> !says(said, a.needle())).forEach(a -> parts.add(new TemplateText.Part.Literal(a.text())));
        parts.addAll(template.parts());
        String gap = channel == Channel.EMAIL ? "\n\n" : "\n";
        for (Addition a : after(channel, language)) {
            if (!says(said, a.needle())) {
                parts.add(new TemplateText.Part.Literal(gap + a.text()));
                gap = "\n";
            }
        }
        return new TemplateText(List.copyOf(parts), template.broken());
    }

    /**
     * Whole words, whatever their case, accents and the signs between them; a keyword in capitals only in capitals, since "non-stop" stops nothing. The
     * editor's script reads the same.
     */
    static boolean says(String text, String needle) {
        return needle.equals(STOP) ? KEYWORD.matcher(text).find() : words(text).contains(words(needle));
    }

    private static String words(String text) { return " " + SearchText.of(text).replaceAll("[^\\p{L}\\p{N}]+", " ").strip() + " "; }
}
