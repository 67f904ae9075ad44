package org.carillon.automation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.carillon.audience.Comparison;
import org.carillon.audience.Judge;
import org.carillon.audience.Operator;
import org.carillon.audience.Value;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Channel;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.FieldType;
import org.carillon.fact.Invalid;
import org.carillon.fact.Subject;
import org.carillon.shop.Scope;
import org.carillon.template.OwnTexts;
import org.carillon.template.TemplateText;
import org.carillon.template.Translation;
import org.jdbi.v3.core.Handle;

/** Says of an automation with an audience, by name, what keeps it from being switched on, and what its author should know before. */
final class AudienceCheck {

    private static final int LONGEST_NAME = 100;
    private static final Pattern TOMORROW = Pattern.compile("\\b(après[- ])?demain\\b|\\btomorrow\\b", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private final Handle h;
    private final FieldCatalogue fields;
    private final OwnTexts texts;
    private final Instant now;

    AudienceCheck(Handle h, FieldCatalogue fields, OwnTexts texts, Instant now) {
        this.h = h;
        this.fields = fields;
        this.texts = texts;
        this.now = now;
    }

    List<Invalid> wrong(AudienceDraft draft) {
        List<Invalid> wrong = new ArrayList<>();
        if (draft.name() == null || draft.name().isBlank()) {
            wrong.add(new Invalid("name", "required"));
        } else if (draft.name().strip().length() > LONGEST_NAME) {
            wrong.add(new Invalid("name", "text.long", LONGEST_NAME));
        }
        wrong.addAll(draft.audience() == null ? List.of(new Invalid("groups", "audience.empty")) : Judge.of(draft.audience(), fields));
        if (!draft.everywhere() && draft.locations().isEmpty()) {
            wrong.add(new Invalid("locations", "automation.location"));
        }
        schedule(draft).ifPresent(wrong::add);
        speech(draft, wrong);
        return wrong;
    }

    private Optional<Invalid> schedule(AudienceDraft draft) {
        Schedule schedule = draft.schedule();
        if (schedule == null || schedule instanceof Schedule.Daily daily && daily.at() == null || schedule instanceof Schedule.Weekly weekly && (weekly.at() == null || weekly.day() == null)) {
            return Optional.of(new Invalid("schedule", "automation.schedule"));
        }
        if (schedule instanceof Schedule.Daily daily && daily.days().isEmpty()) {
            return Optional.of(new Invalid("days", "automation.days"));
        }
        PeriodCheck period = new PeriodCheck(h, now);
        if (schedule instanceof Schedule.RealTime real) {
            return period.wrong(draft, real.period());
        }
        return !draft.dropPastMidnight() ? Optional.empty() : schedule instanceof Schedule.Weekly weekly ? period.neverBeforeMidnight(draft, weekly.at(), Set.of(weekly.day()))
            : period.neverBeforeMidnight(draft, ((Schedule.Daily) schedule).at(), ((Schedule.Daily) schedule).days());
    }

    private void speech(AudienceDraft draft, List<Invalid> wrong) {
        if (draft.channels().isEmpty()) {
            wrong.add(new Invalid("channel", "automation.channel"));
        }
        boolean quebec = h.createQuery("select exists (select from location where region = 'QC' and active and (:all or id = any(:ids)))").bind("all", draft.everywhere())
            .bind("ids", draft.locations().toArray(Long[]::new)).mapTo(Boolean.class).one();
        draft.channels().stream().sorted().forEach(channel -> {
            if (draft.translations().values().stream().noneMatch(t -> says(t, channel))) {
                wrong.add(new Invalid("text", "automation.noText." + channel));
            } else if (quebec && !says(draft.translations().get("fr"), channel)) {
                wrong.add(new Invalid("fr" + (channel == Channel.SMS ? ".sms" : ".body"), "automation.noFrench." + channel));
            }
        });
        // what every language lacks is said once
        texts.judge(draft.purpose(), spoken(draft)).stream().filter(found -> wrong.stream().noneMatch(known -> found.field().equals(known.field()) && found.key().equals(known.key()))).forEach(wrong::add);
        aboutOther(draft, wrong);
    }

    /** B-06, A-35: what a text says of something that the rules do not find, and says nothing instead of, would hold each of its messages. */
    private void aboutOther(AudienceDraft draft, List<Invalid> wrong) {
        if (draft.audience() == null || !Judge.of(draft.audience(), fields).isEmpty()) {
            return;
        }
        Subject.Type meant = draft.audience().subject(fields);
        new TreeMap<>(draft.translations()).forEach((language, t) -> said(draft, language, t).forEach((place, text) -> TemplateText.parse(text).bare().stream().map(fields::field).filter(field -> field != null && field.subject() != null && field.subject() != meant)
                .findFirst().ifPresent(field -> wrong.add(new Invalid(place, "automation.aboutOther." + field.subject(), field.code())))));
    }

    /** The texts of the channels in use; what is kept for another one is nobody's business yet. */
    private static Map<String, Translation> spoken(AudienceDraft draft) {
        Map<String, Translation> spoken = new LinkedHashMap<>();
        boolean sms = draft.channels().contains(Channel.SMS) || draft.channels().isEmpty();
        boolean email = draft.channels().contains(Channel.EMAIL) || draft.channels().isEmpty();
        draft.translations().forEach((language, t) -> spoken.put(language, Translation.of(sms ? t.sms() : "", email ? t.subject() : "", email ? t.body() : "")));
        return spoken;
    }

    private static boolean says(Translation t, Channel channel) { return t != null && !(channel == Channel.SMS ? t.sms() : t.body()).isBlank(); }

    /** P-25: a rule can only find what carries its field; told is that none does, and how many lack a date, of those that the reader may see (SEC-13). */
    List<Invalid> warnings(Scope reader, AudienceDraft draft) {
        List<Invalid> warnings = new ArrayList<>();
        brackets(draft, warnings);
        if (draft.audience() == null || !Judge.of(draft.audience(), fields).isEmpty()) {
            return warnings;
        }
        if (draft.audience().comparisons().anyMatch(c -> c.value() instanceof Value.InOpenDays open && open.days() > 0)) {
            tomorrow(draft, warnings);
        }
        Set<Field> asked = new LinkedHashSet<>();
        draft.audience().comparisons().filter(AudienceCheck::needsTheField).map(c -> fields.asked(c.field())).forEach(asked::add);
        asked.forEach(field -> lacking(reader, field).ifPresent(warnings::add));
        return warnings;
    }

    /** KI-14: brackets that are no blank of ours may be meant, or an author's note that was forgotten. */
    private static void brackets(AudienceDraft draft, List<Invalid> warnings) {
        new TreeMap<>(draft.translations()).forEach((language, t) -> said(draft, language, t).forEach((place, text) -> TemplateText.parse(text).lint(Set.of()).stream()
            .filter(problem -> problem.kind() == TemplateText.Kind.BRACKETS).forEach(problem -> warnings.add(new Invalid(place, "template.BRACKETS", problem.found())))));
    }

    /** an open day on, Friday's reader is expected on Monday. */
    private static void tomorrow(AudienceDraft draft, List<Invalid> warnings) {
        new TreeMap<>(draft.translations()).forEach((language, t) -> said(draft, language, t).forEach((place, text) -> TOMORROW.matcher(TemplateText.parse(text).literals()).results().map(MatchResult::group)
            .findFirst().ifPresent(word -> warnings.add(new Invalid(place, "automation.tomorrow", word)))));
    }

    /** What a language says on the channels in use, by field. */
    private static Map<String, String> said(AudienceDraft draft, String language, Translation t) {
        Map<String, String> said = new LinkedHashMap<>();
        if (draft.channels().contains(Channel.SMS)) {
            said.put(language + ".sms", t.sms());
        }
        if (draft.channels().contains(Channel.EMAIL)) {
            said.put(language + ".subject", t.subject());
            said.put(language + ".body", t.body());
        }
        return said;
    }

    private static boolean needsTheField(Comparison c) { return !Set.of(Operator.DOES_NOT_EXIST, Operator.IS_UNKNOWN, Operator.EXISTS, Operator.IS_NOT, Operator.DOES_NOT_CONTAIN).contains(c.operator()); }

    private Optional<Invalid> lacking(Scope reader, Field field) {
        Asked asked = field.asked();
        String value = asked instanceof Asked.Own own ? "coalesce(" + String.join(", ", own.sql().stream().map(s -> "nullif((" + s + ")::text, '')").toList()) + ")"
            : asked instanceof Asked.Extreme extreme ? "case when " + extreme.among() + " then (" + extreme.sql() + ")::text end" : null;
        if (value == null) {
            return Optional.empty();
        }
        String rows = asked.category().isCustomer() ? "customer c" : asked.category().rows() + " x join customer c on c.id = x.customer_id and " + asked.category().which();
        long[] n = h.createQuery("select count(*), count(" + value + ") from " + rows + " where :now::timestamptz is not null and (:all or " + asked.category().place() + " = any(:seen))")
            .bind("now", now).bind("all", reader.all()).bind("seen", reader.ids()).map((r, c) -> new long[] {r.getLong(1), r.getLong(2)}).one();
        if (n[1] == 0) {
            return Optional.of(new Invalid("groups", "automation.noRecord", field.code(), n[0]));
        }
        // an aggregate is only asked of those that count, which all have their date
        boolean date = asked instanceof Asked.Own && (field.type() == FieldType.INSTANT || field.type() == FieldType.DATE);
        return date && n[1] < n[0] ? Optional.of(new Invalid("groups", lackingDate(asked.category()), field.code(), n[0] - n[1], n[0])) : Optional.empty();
    }

    /** With what one can do about it, where that depends on what lacks its date. */
    private static String lackingDate(Category category) {
        return category.isCustomer() ? "automation.lacking" : category.subject() == Subject.Type.ORDER || category.subject() == Subject.Type.SALE ? "automation.lackingDate." + category.subject() : "automation.lackingDate";
    }
}
