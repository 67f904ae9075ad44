package org.carillon.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.delivery.Routing;
import org.carillon.delivery.SmsTerms;
import org.carillon.fact.Channel;
import org.carillon.fact.Purpose;
import org.carillon.fact.Subject;
import org.carillon.plan.Samples;
import org.carillon.report.PreviewRecords;
import org.carillon.report.PreviewRecords.Choice;
import org.carillon.shop.Scope;
import org.carillon.template.Imprint;
import org.carillon.template.Signature;
import org.carillon.template.SmsMode;
import org.carillon.template.Template;
import org.carillon.template.TemplateText;
import org.carillon.template.TemplateVersion;
import org.carillon.template.Translation;

/** The record beside a text that is being written: which one, and what the text becomes with it. */
@ApplicationScoped
public class Preview {

    /** What there are records of, the most usual first. */
    private static final List<Subject.Type> OF_RECORDS = List.of(Subject.Type.ORDER, Subject.Type.LEAD, Subject.Type.APPOINTMENT, Subject.Type.SALE, Subject.Type.CUSTOMER);

    private final PreviewRecords records;
    private final Samples samples;
    private final Routing routing;

    protected Preview() { this(null, null, null); }

    @Inject
    public Preview(PreviewRecords records, Samples samples, Routing routing) {
        this.records = records;
        this.samples = samples;
        this.routing = routing;
    }

    /** Of the route that an SMS about the record would take; the usual one's where there is no record. */
    public SmsTerms terms(Choice record) { return routing.sms(record == null ? null : record.locationId()); }

    /** The newest order in the scope, with which a preview begins. */
    public Optional<Choice> newest(Scope scope) { return records.matching(scope, "").stream().findFirst(); }

    /**
     * What texts are best shown with: the newest of what their audience means, or of what they name; else the newest order, or whatever there is, at last a customer alone.
     *
     * @param target what messages are about, null where the texts alone say it
     */
    public Optional<Choice> fitting(Scope scope, Subject.Type target, Stream<String> texts) {
        Set<String> named = texts.flatMap(text -> TemplateText.parse(text).fields().stream()).map(field -> field.replaceFirst("\\..*", "")).collect(Collectors.toSet());
        Optional<Subject.Type> first = Optional.ofNullable(target).filter(OF_RECORDS::contains)
            .or(() -> Stream.of(Subject.Type.APPOINTMENT, Subject.Type.LEAD).filter(type -> named.contains(type.name().toLowerCase(Locale.ROOT))).findFirst());
        return Stream.concat(first.stream(), OF_RECORDS.stream()).map(type -> of(type, scope, "").stream().findFirst()).flatMap(Optional::stream).findFirst();
    }

    /** Some of each that hold the text, most and first of what messages are about; of orders where target is null. */
    public List<Choice> seek(Scope scope, Subject.Type target, String text) {
        Subject.Type first = target == null || !OF_RECORDS.contains(target) ? Subject.Type.ORDER : target;
        return Stream.concat(of(first, scope, text).stream().limit(8), OF_RECORDS.stream().filter(type -> type != first).flatMap(type -> of(type, scope, text).stream().limit(3))).toList();
    }

    private List<Choice> of(Subject.Type type, Scope scope, String text) {
        return switch (type) {
            case LEAD -> records.leads(scope, text);
            case APPOINTMENT -> records.appointments(scope, text);
            case SALE -> records.sales(scope, text);
            case CUSTOMER -> records.customers(scope, text);
            default -> records.matching(scope, text);
        };
    }

    /** The newest lead in the scope. */
    public Optional<Choice> newestLead(Scope scope) { return records.leads(scope, "").stream().findFirst(); }

    /** Empty when the template has no text for the channel. */
    public Optional<Samples.Shown> show(Template template, Choice record, Channel channel) {
        return samples.show(template.translations(), template.purpose(), signed(template.purpose(), template.signature()), reader(record), channel);
    }

    /** As the record's customer would read it, with the shop's name and how to stop; empty without a record or a text for the channel. */
    public Optional<Samples.Shown> show(Map<String, Translation> words, Purpose purpose, Choice record, Channel channel) {
        return record == null ? Optional.empty() : samples.show(words, purpose, true, reader(record), channel);
    }

    /** In that very language; empty when there is no text for the channel. */
    public Optional<Samples.Shown> show(TemplateVersion version, Choice record, String language, Channel channel) {
        return Optional.ofNullable(version.translations().get(language))
            .flatMap(words -> samples.show(Map.of(language, words), version.purpose(), reader(record), channel));
    }

    /** For the editor's script: a JSON object with every field there is, null where the record has no value. */
    public String json(Choice record, String language, Channel channel) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        samples.values(reader(record), language, channel).forEach((code, value) ->
            value.ifPresentOrElse(text -> json.add(code, text), () -> json.addNull(code)));
        return json.build().toString();
    }

    private static boolean signed(Purpose purpose, Signature signature) { return purpose == Purpose.MARKETING || signature != Signature.NEVER; }

    /** For the editor's script: what is added to a text that does not say it itself; empty where nothing is. */
    public String sign(Choice record, Purpose purpose, Signature signature, String language, Channel channel) {
        if (!signed(purpose, signature)) {
            return "";
        }
        Imprint imprint = samples.imprint(record == null ? null : record.locationId());
        return Json.createObjectBuilder().add("before", additions(imprint.before(channel))).add("after", additions(imprint.after(channel, language)))
            .add("gap", channel == Channel.EMAIL ? "\n\n" : "\n").build().toString();
    }

    private static JsonArrayBuilder additions(List<Imprint.Addition> additions) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        additions.forEach(a -> json.add(Json.createArrayBuilder().add(a.needle()).add(a.text())));
        return json;
    }

    /** Whoever would read it as that record says; null where there is none. */
    public Samples.Reader reader(Choice record) {
        return record == null ? null : new Samples.Reader(record.customerId(), subject(record), record.customer(), record.language(),
            record.locationLanguage(), record.country(), SmsMode.valueOf(record.smsMode()), terms(record).alphabet());
    }

    static Subject subject(Choice record) {
        return record.leadId() != null ? Subject.lead(record.leadId()) : record.appointmentId() != null ? Subject.appointment(record.appointmentId())
            : record.saleId() != null ? Subject.sale(record.saleId()) : record.orderId() != null ? Subject.order(record.orderId()) : Subject.customer(record.customerId());
    }
}
