package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.template.Alphabet;
import org.carillon.template.Imprint;
import org.carillon.template.Longest;
import org.carillon.template.Renderer;
import org.carillon.template.Rendering;
import org.carillon.template.SmsMode;
import org.carillon.template.SmsText;
import org.carillon.template.TemplateText;
import org.carillon.template.Translation;
import org.carillon.template.ValueFormat;
import org.jdbi.v3.core.Jdbi;

/** What texts become for a real customer: the same facts, renderer and count as when they leave (MSG-04). Stores and sends nothing. */
@ApplicationScoped
public class Samples {

    /**
     * Who would read it, and about what; the rest is of that location. Whoever asks has made sure that they may see both.
     *
     * @param subject null: the customer's newest order
     */
    public record Reader(long customerId, Subject subject, String name, String language, String locationLanguage, String country, SmsMode smsMode, Alphabet alphabet) { }

    /**
     * A text as one customer would get it.
     *
     * @param missing the field without value and fallback for which it would be held back, null where there is none
     */
    public record Shown(String customer, String subject, String text, int units, int segments, boolean ucs2, String missing) { }

    private final Jdbi jdbi;
    private final Facts facts;
    private final FieldCatalogue fields;
    private final Longest longest;

    protected Samples() { this(null, null, null); }

    @Inject
    public Samples(Jdbi jdbi, Facts facts, FieldCatalogue fields) {
        this.jdbi = jdbi;
        this.facts = facts;
        this.fields = fields;
        this.longest = new Longest(jdbi);
    }

    /** Every field there is, as it would be written; without a value where the reader has none, or where there is no reader (null). */
    public Map<String, Optional<String>> values(Reader reader, String language, Channel channel) {
        Map<String, Object> values = reader == null ? Map.of() : of(reader, language);
        Map<String, Optional<String>> written = new TreeMap<>();
        fields.codes().forEach(code -> written.put(code, Optional.ofNullable(values.get(code))
            .map(value -> ValueFormat.of(value, language, reader.country(), channel))));
        return written;
    }

    /**
     * In the reader's language, else the location's, else any (B-23); empty when there is no text for the channel.
     *
     * @param words a template's, by language
     */
    public Optional<Shown> show(Map<String, Translation> words, Purpose purpose, Reader reader, Channel channel) {
        return show(words, purpose, purpose == Purpose.MARKETING, reader, channel);
    }

    /** @param signed with the name of the shop and how to stop, as the first message to somebody may be longer than the others (LAW-23) */
    public Optional<Shown> show(Map<String, Translation> words, Purpose purpose, boolean signed, Reader reader, Channel channel) {
        return Stream.concat(Stream.of(reader.language(), reader.locationLanguage()), words.keySet().stream().sorted())
            .filter(language -> words.containsKey(language) && !text(words.get(language), channel).isBlank()).findFirst()
            .map(language -> show(words.get(language), reader, language, channel, purpose, signed ? imprint(reader) : null));
    }

    private Shown show(Translation words, Reader reader, String language, Channel channel, Purpose purpose, Imprint imprint) {
        Map<String, Object> values = of(reader, language);
        Rendering text = render(text(words, channel), imprint, values, reader, language, channel, purpose);
        Rendering subject = channel == Channel.SMS ? new Rendering.Rendered("") : render(words.subject(), null, values, reader, language, channel, purpose);
        if (text instanceof Rendering.Rendered body && subject instanceof Rendering.Rendered line) {
            SmsText sms = SmsText.of(body.text(), reader.alphabet());
            return new Shown(reader.name(), line.text(), body.text(), sms.units(), sms.segments(), sms.ucs2(), null);
        }
        String missing = text instanceof Rendering.Missing m ? m.field() : subject instanceof Rendering.Missing m ? m.field() : null;
        return new Shown(reader.name(), "", "", 0, text instanceof Rendering.TooLong t ? t.segments() : 0, false, missing);
    }

    /** What is added to a text of the location that does not say it itself; of a company without a location where it is null. */
    public Imprint imprint(Long locationId) { return imprint("l.id = :id", locationId); }

    private Imprint imprint(Reader reader) {
        if (reader.subject() == null) {
            return imprint("l.id = (select location_id from customer where id = :id)", reader.customerId());
        }
        String table = switch (reader.subject().type()) { case LEAD -> "lead"; case APPOINTMENT -> "appointment"; case SALE -> "sale"; case CUSTOMER -> "customer"; default -> "work_order"; };
        return imprint("l.id = (select location_id from " + table + " where id = :id)", reader.subject().id());
    }

    private Imprint imprint(String which, Long id) {
        return jdbi.withHandle(h -> h.createQuery("select coalesce(co.name, '') shop, coalesce(nullif(l.postal_address, ''), co.postal_address, '') address, "
                + "coalesce(nullif(co.offer_contact, ''), l.phone, '') contact, coalesce(co.stop_number, '') stop, coalesce(l.sms_sender, '') !~ '[A-Za-z]' answerable "
                + "from (select 1) one left join company co on true left join location l on " + which).bind("id", id)
            .map((r, c) -> new Imprint(r.getString("shop"), r.getString("address"), r.getString("contact"), r.getString("stop"), r.getBoolean("answerable"))).one());
    }

    private Map<String, Object> of(Reader reader, String language) {
        return jdbi.withHandle(h -> facts.preview(h, reader.customerId(), reader.subject(), language));
    }

    private Rendering render(String text, Imprint imprint, Map<String, Object> values, Reader reader, String language, Channel channel, Purpose purpose) {
        return Renderer.render(TemplateText.parse(text), imprint, values, language, reader.country(), channel, channel == Channel.SMS ? longest.of(purpose) : 0,
            reader.smsMode(), reader.alphabet());
    }

    private static String text(Translation words, Channel channel) { return channel == Channel.SMS ? words.sms() : words.body(); }
}
