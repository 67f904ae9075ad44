package org.carillon.web.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.carillon.report.OrderFeed.Happened;
import org.carillon.report.OrderFeed.Intended;
import org.carillon.report.OrderFeed.Item;
import org.carillon.report.OrderFeed.Written;
import org.carillon.web.Current;
import org.carillon.web.Moments;
import org.carillon.web.Reasons;
import org.carillon.web.Texts;

/** Puts a feed into the reader's words, with a heading for each day. */
@ApplicationScoped
public class FeedLines {

    private final Texts texts;
    private final Moments moments;
    private final Reasons reasons;
    private final Current current;

    protected FeedLines() { this(null, null, null, null); }

    @Inject
    FeedLines(Texts texts, Moments moments, Reasons reasons, Current current) {
        this.texts = texts;
        this.moments = moments;
        this.reasons = reasons;
        this.current = current;
    }

    /** @param zone the location's, in which days begin */
    public List<FeedLine> of(List<Item> items, String zone, String customer) {
        List<FeedLine> lines = new ArrayList<>();
        Object before = null;
        for (Item item : items) {
            LocalDate day = item.at().atZone(ZoneId.of(zone)).toLocalDate();
            Object section = item.ahead() ? "ahead" : day;
            String heading = section.equals(before) ? null : item.ahead() ? texts.say("order", "feed.ahead") : moments.heading(day, ZoneId.of(zone));
            before = section;
            String time = item.ahead() ? moments.atZone(item.at(), zone) : moments.clock(item.at(), zone);
            lines.add(item instanceof Happened event ? event(event, heading, time)
                : item instanceof Intended plan ? plan(plan, heading, time, customer) : message((Written) item, heading, time, zone, customer));
        }
        return lines;
    }

    private FeedLine event(Happened event, String heading, String time) {
        String actor = event.actor().startsWith("api:") ? texts.say("event", "by.api", event.actor().substring(4)) : "customer".equals(event.actor()) ? texts.say("event", "by.customer") : texts.say("event", "by", event.actor());
        return new FeedLine(heading, false, "", icon(event.type()), title(event), "", time, event.silent() ? actor + " · " + texts.say("event", "silent") : actor, null, null, null, false);
    }

    private String title(Happened event) {
        if (event.due() != null) {
            return event.due().isEmpty() ? texts.say("event", event.type() + ".cleared")
                : texts.say("event", event.type().startsWith("APPOINTMENT_") ? event.type() + ".at" : event.type(), wall(LocalDateTime.parse(event.due())));
        }
        return texts.say("event", event.type(), event.to() == null || event.to().fr() == null ? "" : event.to().in(current.getLanguage()));
    }

    private String wall(LocalDateTime local) { return moments.day(local.toLocalDate()) + ", " + moments.time(local.toLocalTime()); }

    private static String icon(String type) {
        return switch (type) {
            case "ORDER_CREATED" -> "pi-plus";
            case "LEAD_CREATED" -> "pi-user-plus";
            case "LEAD_STATUS_CHANGED" -> "pi-tag";
            case "LEAD_CONVERTED" -> "pi-arrow-right";
            case "ORDER_SCHEDULED_TIME_CHANGED", "APPOINTMENT_BOOKED", "APPOINTMENT_MOVED" -> "pi-calendar";
            case "APPOINTMENT_CONFIRMED" -> "pi-check";
            case "APPOINTMENT_CANCELLED", "APPOINTMENT_MISSED" -> "pi-times";
            case "ORDER_CLOSED" -> "pi-check";
            default -> "pi-wrench";
        };
    }

    private FeedLine plan(Intended plan, String heading, String time, String customer) {
        String why = reasons.full(plan.reason(), plan.channel(), customer, plan.detail());
        String look = plan.look().style();
        String icon = switch (look) { case "planned" -> "pi-clock"; case "held" -> "pi-pause"; default -> channelIcon(plan.channel()); };
        return new FeedLine(heading, plan.ahead(), look, icon, by(plan.name(), plan.channel()), texts.say("state", "plan." + plan.state()), time,
            why.isEmpty() ? delay(plan) : why, null, null, null, false);
    }

    /** « 1 heure après, à la fermeture du bon ». */
    private String delay(Intended plan) {
        if (plan.trigger() == null) {
            return "";
        }
        if (plan.trigger().startsWith("due.")) {
            return texts.say("event", "why." + plan.trigger(), plan.delay());
        }
        String why = texts.say("event", "why." + plan.trigger());
        String when = plan.delay() == 0 ? texts.say("event", "delay.none", plan.delay(), why) : texts.say("event", "delay." + plan.unit(), plan.delay(), why);
        return plan.openingHoursOnly() ? texts.say("event", "hours", when) : when;
    }

    private FeedLine message(Written message, String heading, String time, String zone, String customer) {
        String why = reasons.full(message.reason(), message.channel(), customer, null);
        if (message.state().equals("RETRY_WAIT")) {
            why = texts.say("order", "feed.again", why, moments.near(message.nextAttemptAt(), zone));
        }
        return new FeedLine(heading, false, message.look().style(), channelIcon(message.channel()), by(message.name(), message.channel()),
            texts.say("state", "message." + message.state()), time, why, message.subjectLine(), message.text(), message.id(), message.possibleDuplicate());
    }

    private String by(String name, String channel) {
        String word = texts.say("state", "channel.name." + channel);
        return name.isEmpty() ? texts.say("order", "feed.unnamed", word) : texts.say("order", "feed.by", name, word);
    }

    private static String channelIcon(String channel) { return "SMS".equals(channel) ? "pi-comment" : "pi-envelope"; }
}
