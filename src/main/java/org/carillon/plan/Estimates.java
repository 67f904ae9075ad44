package org.carillon.plan;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.audience.AudienceDesk;
import org.carillon.audience.Moment;
import org.carillon.automation.AudienceDraft;
import org.carillon.delivery.Price;
import org.carillon.delivery.Routing;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.Channel;
import org.carillon.shop.Scope;
import org.carillon.template.SmsMode;
import org.carillon.template.SmsText;
import org.carillon.template.TemplateText;
import org.carillon.template.Translation;

/** What the SMS of an automation come to (MSG-02): each customer's language as long as it is with the record beside the text, on that record's route. */
@ApplicationScoped
public class Estimates {

    /**
     * @param messages SMS
     * @param price    of one segment, null where nobody has told it
     */
    public record Estimate(int messages, long segments, Price price) implements Serializable { }

    private final AudienceDesk audiences;
    private final Samples samples;
    private final Routing routing;

    protected Estimates() { this(null, null, null); }

    @Inject
    public Estimates(AudienceDesk audiences, Samples samples, Routing routing) {
        this.audiences = audiences;
        this.samples = samples;
        this.routing = routing;
    }

    /**
     * Of a draft that can be switched on, or nothing where it sends no SMS.
     *
     * @param reader   whose values the texts are filled with, null for none
     * @param location of that reader
     */
    public Estimate of(Scope scope, AudienceDraft draft, Moment moment, Samples.Reader reader, Long location) {
        Map<String, Translation> texts = new TreeMap<>(draft.translations());
        texts.values().removeIf(t -> t.sms().isBlank());
        SmsTerms terms = routing.sms(location);
        if (!draft.channels().contains(Channel.SMS) || texts.isEmpty()) {
            return new Estimate(0, 0, terms.segmentPrice());
        }
        Map<String, Integer> readers = audiences.languages(draft.within(scope), draft.audience(), Channel.SMS, draft.marketing(), moment);
        long segments = readers.entrySet().stream().mapToLong(e -> (long) e.getValue() * length(texts.getOrDefault(e.getKey(), texts.values().iterator().next()), draft, reader, terms)).sum();
        return new Estimate(readers.values().stream().mapToInt(Integer::intValue).sum(), segments, terms.segmentPrice());
    }

    private int length(Translation text, AudienceDraft draft, Samples.Reader reader, SmsTerms terms) {
        int filled = reader == null ? 0 : samples.show(Map.of(reader.language(), text), draft.purpose(), true, reader, Channel.SMS).map(Samples.Shown::segments).orElse(0);
        return filled > 0 ? filled : SmsText.of(TemplateText.parse(text.sms()).literals(), SmsMode.TYPO, terms.alphabet()).segments();
    }
}
