package org.carillon.web.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.carillon.fact.ApplicationClock;
import org.carillon.report.LeadCard;
import org.carillon.report.Look;
import org.carillon.report.Why;
import org.carillon.report.Why.Obstacle;
import org.carillon.report.Why.Remedy;
import org.carillon.report.WhyList;
import org.carillon.report.WhyList.Row;
import org.carillon.report.WhyList.Subject;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Reasons;
import org.carillon.web.Section;
import org.carillon.web.Texts;

/** Puts why something was sent, or not, into the reader's words, with the way to what would change it where the reader may go there. */
@ApplicationScoped
public class WhyLines {

    private final WhyList list;
    private final LeadCard leads;
    private final Texts texts;
    private final Moments moments;
    private final Reasons reasons;
    private final Current current;
    private final ApplicationClock clock;

    protected WhyLines() { this(null, null, null, null, null, null, null); }

    @Inject
    public WhyLines(WhyList list, LeadCard leads, Texts texts, Moments moments, Reasons reasons, Current current, ApplicationClock clock) {
        this.list = list;
        this.leads = leads;
        this.texts = texts;
        this.moments = moments;
        this.reasons = reasons;
        this.current = current;
        this.clock = clock;
    }

    /** Of an order, after those of the lead that it came of; empty for an order of a foreign location. */
    public List<WhyLine> ofOrder(long id) {
        Stream<WhyLine> before = leads.ofOrder(current.getScope(), id).stream().flatMap(lead -> ofLead(lead.id()).stream());
        return Stream.concat(before, list.order(current.getScope(), id).stream().flatMap(order -> list.ofOrder(order).stream().map(row -> line(row, order)))).toList();
    }

    public List<WhyLine> ofLead(long id) { return list.lead(current.getScope(), id).stream().flatMap(lead -> list.ofLead(lead).stream().map(row -> line(row, lead))).toList(); }

    public List<WhyLine> ofAppointment(long id) {
        return list.appointment(current.getScope(), id).stream().flatMap(appointment -> list.ofAppointment(appointment).stream().map(row -> line(row, appointment))).toList();
    }

    private WhyLine line(Row row, Subject subject) {
        Why why = Why.of(row, subject, clock.now());
        String style = why.look().style();
        String icon = switch (why.look()) { case PLANNED -> "pi-clock"; case HELD -> "pi-pause"; case DELIVERED -> "pi-check"; case SENT -> "pi-arrow-up-right"; case FAILED -> "pi-times"; default -> "pi-ban"; };
        String channel = texts.say("state", "channel.name." + row.channel());
        String chip = row.messageId() != null ? texts.say("state", "message." + row.messageState()) : row.planState() != null ? texts.say("state", "plan." + row.planState()) : texts.say("order", "why.not");
        String warning = why.warning() == Obstacle.NONE ? null : texts.say("order", "why.warn." + why.warning(), subject.customer(), channel);
        boolean offered = why.remedy() != Remedy.NONE && section(why.remedy()).admits(current.getRole());
        return new WhyLine(style, icon, texts.say("order", "feed.by", row.template(), channel), when(row), chip, sentence(why, row, subject), warning,
            offered ? texts.say("order", "why.fix." + why.remedy(), subject.customer()) : null, offered ? href(why.remedy(), row, subject) : null);
    }

    private String sentence(Why why, Row row, Subject subject) {
        String at = why.at() == null ? "" : moments.atZone(why.at(), subject.zone());
        return switch (why.key()) {
            case REASON -> row.messageId() == null && why.look() == Look.SKIPPED ? texts.say("order", "why.decided", full(why, row, subject), at) : full(why, row, subject);
            case PLANNED_MOVED -> texts.say("order", "why.PLANNED_MOVED." + (row.openingHoursOnly() || row.intoOpeningHours() ? "hours" : row.reminder() ? "quiet" : "late"), at,
                moments.atZone(Why.first(row, subject), subject.zone()));
            case STATUS_UNUSED -> texts.say("order", row.everywhere() ? "why.STATUS_OFF" : "why.STATUS_UNUSED", subject.location());
            case SWITCHED_OFF -> texts.say("order", row.audience() ? "why.SWITCHED_OFF.rules" : "why.SWITCHED_OFF");
            case NO_WORDS -> texts.say("order", "why.NO_WORDS", row.template(), texts.say("state", "channel.name." + row.channel()));
            case TYPE_UNDATED -> texts.say("order", "why.TYPE_UNDATED", subject.type().in(current.getLanguage()));
            case NOT_THERE_THEN, SILENT -> texts.say("order", "why." + why.key(), moments.atZone(row.happened(), subject.zone()));
            default -> texts.say("order", "why." + why.key(), at);
        };
    }

    private String full(Why why, Row row, Subject subject) {
        String words = reasons.full(why.reason(), row.channel(), subject.customer(), row.detail());
        return words.endsWith(".") ? words : words + ".";
    }

    /** « 2 heures après, au passage à « Prêt », aux heures d’ouverture ». */
    private String when(Row row) {
        if (row.audience()) {
            return upper(texts.say("event", "why.rules"));
        }
        if (row.reminder()) {
            return upper(texts.say("event", "why.due." + row.unit(), row.delay()));
        }
        String event = row.status() == null ? texts.say("event", "why." + row.event()) : texts.say("event", "why." + row.event() + ".to", row.statusName().in(current.getLanguage()));
        String late = row.delay() == 0 ? event : texts.say("event", "delay." + row.unit(), row.delay(), event);
        return upper(row.openingHoursOnly() ? texts.say("event", "hours", late) : late);
    }

    private static String upper(String words) { return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1); }

    private static Section section(Remedy remedy) { return Section.valueOf(remedy.name()); }

    private static String href(Remedy remedy, Row row, Subject subject) {
        return switch (remedy) {
            case CUSTOMER -> "/customer/view.xhtml?id=" + subject.customerId();
            case TEMPLATE -> "/template/edit.xhtml?id=" + row.templateId();
            case AUTOMATION -> "/automation/edit.xhtml?id=" + row.automationId();
            case MESSAGE -> "/message/view.xhtml?id=" + row.messageId();
            case NOTIFICATION -> row.everywhere() ? "/notification/list.xhtml?of=leads" : "/notification/list.xhtml";
            default -> section(remedy).getPath();
        };
    }
}
