package org.carillon.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.plan.Facts;
import org.carillon.report.PreviewRecords;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.shop.Scope;
import org.carillon.template.Renderer;
import org.carillon.template.Rendering;
import org.carillon.template.SmsMode;
import org.carillon.template.SmsText;
import org.carillon.template.Template;
import org.carillon.template.TemplateText;
import org.carillon.template.Translation;
import org.carillon.template.ValueFormat;
import org.jdbi.v3.core.Jdbi;

/** What texts become for a real customer: the same renderer and the same count as when they leave (MSG-04). */
@ApplicationScoped
public class Samples {

    /**
     * A text as one customer would get it.
     *
     * @param missing the field without value and fallback for which it would be held back, null where there is none
     */
    public record Shown(String customer, String subject, String text, int units, int segments, boolean ucs2, String missing) { }

    private Jdbi jdbi;
    private Facts facts;
    private FieldCatalogue fields;
    private PreviewRecords records;

    protected Samples() { }

    @Inject
    public Samples(Jdbi jdbi, Facts facts, FieldCatalogue fields, PreviewRecords records) {
        this.jdbi = jdbi;
        this.facts = facts;
        this.fields = fields;
        this.records = records;
    }

    /** The newest order in the scope, with which a preview begins. */
    public Optional<Choice> newest(Scope scope) { return records.matching(scope, "").stream().findFirst(); }

    public Map<String, Object> values(Choice record, String language) {
        return jdbi.withHandle(h -> facts.preview(h, record.customerId(), Subject.order(record.orderId()), language));
    }

    /** For the editor's own preview: a JSON object with every field there is, null where the record has no value. */
    public String json(Choice record, String language, Channel channel) {
        Map<String, Object> values = record == null ? Map.of() : values(record, language);
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (String code : fields.codes()) {
            Object value = values.get(code);
            if (value == null) {
                json.addNull(code);
            } else {
                json.add(code, ValueFormat.of(value, language, record.country(), channel));
            }
        }
        return json.build().toString();
    }

    /** In the customer's language, else the location's, else any (B-23); empty when the template has no text for the channel. */
    public Optional<Shown> show(Template template, Choice record, Channel channel) {
        Map<String, Translation> words = template.translations();
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(record.language(), record.locationLanguage()), words.keySet().stream().sorted())
            .filter(language -> words.containsKey(language) && !text(words.get(language), channel).isBlank()).findFirst()
            .map(language -> show(words.get(language), record, language, channel, template.purpose()));
    }

    private Shown show(Translation words, Choice record, String language, Channel channel, Purpose purpose) {
        Map<String, Object> values = values(record, language);
        Rendering text = render(text(words, channel), values, record, language, channel, purpose);
        Rendering subject = channel == Channel.SMS ? new Rendering.Rendered("") : render(words.subject(), values, record, language, channel, purpose);
        if (text instanceof Rendering.Rendered body && subject instanceof Rendering.Rendered line) {
            SmsText sms = SmsText.of(body.text());
            return new Shown(record.customer(), line.text(), body.text(), sms.units(), sms.segments(), sms.ucs2(), null);
        }
        String missing = text instanceof Rendering.Missing m ? m.field() : subject instanceof Rendering.Missing m ? m.field() : null;
        return new Shown(record.customer(), "", "", 0, text instanceof Rendering.TooLong t ? t.segments() : 0, false, missing);
    }

    private static Rendering render(String text, Map<String, Object> values, Choice record, String language, Channel channel, Purpose purpose) {
        return Renderer.render(TemplateText.parse(text), values, language, record.country(), channel, channel == Channel.SMS ? purpose.maxSegments() : 0,
            SmsMode.valueOf(record.smsMode()));
    }

    private static String text(Translation words, Channel channel) { return channel == Channel.SMS ? words.sms() : words.body(); }
}
