package org.carillon.web.notification;

import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.carillon.automation.Automation;
import org.carillon.automation.Draft;
import org.carillon.automation.LeadTime;
import org.carillon.automation.Timing;
import org.carillon.automation.Trigger;
import org.carillon.fact.Actor;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.fact.Given;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.carillon.template.TemplateDraft;
import org.carillon.template.Translation;
import org.carillon.web.Language;
import org.carillon.web.template.Words;

/** A notification as it is being typed, with the template that may be written along with it (RO-24). */
public class Form implements Serializable {

    /** "Changed to X" is a condition of a change of status, and an entry of its own in the form (RO-10). */
    static final String REACHED = "ORDER_STATUS_REACHED";
    static final String LEAD_REACHED = "LEAD_STATUS_REACHED";

    private Long id;
    private Integer version;
    private String event = REACHED;
    private String status;
    private String channel = "SMS";
    private Integer delay;
    private Timing.Unit unit = Timing.Unit.HOURS;
    private boolean openingHoursOnly;
    private boolean sendAnyway;
    private boolean lead;
    private boolean reminder;
    private boolean intoOpeningHours;
    private boolean sendLate;
    private Integer life;
    private Timing.Unit lifeUnit = Timing.Unit.HOURS;
    private boolean active = true;
    private boolean fresh;
    private Long templateId;
    private String templateName;
    private Purpose purpose = Purpose.TRANSACTIONAL;
    private String language;
    private final Map<String, Words> words = new LinkedHashMap<>();

    protected Form() { }

    static Form empty(String language) {
        Form form = new Form();
        form.language = language;
        Language.ALL.forEach(l -> form.words.put(l, new Words()));
        return form;
    }

    /** A day before, which is what most shops want. */
    static Form reminder(String language) {
        Form form = empty(language);
        form.reminder = true;
        form.purpose = Purpose.REMINDER;
        form.delay = 1;
        form.unit = Timing.Unit.DAYS;
        return form;
    }

    /** About leads: of the whole company, without opening hours (RO-39). */
    static Form lead(String language) {
        Form form = empty(language);
        form.lead = true;
        form.event = LEAD_REACHED;
        return form;
    }

    static Form of(Automation automation, String language) {
        Form form = empty(language);
        form.id = automation.id();
        form.version = automation.version();
        if (automation.trigger() instanceof Trigger.OnEvent trigger) {
            form.status = trigger.status();
            form.lead = automation.everywhere();
            form.event = form.status == null ? trigger.type().name() : form.lead ? LEAD_REACHED : REACHED;
        } else if (automation.trigger() instanceof Trigger.AroundDate date) {
            form.reminder = true;
            form.purpose = Purpose.REMINDER;
            form.intoOpeningHours = date.lead().intoOpeningHours();
            form.sendLate = date.lead().sendLate();
        }
        form.channel = automation.channels().size() > 1 ? "BOTH" : automation.channels().iterator().next().name();
        form.delay = automation.timing().delay() == 0 ? null : automation.timing().delay();
        form.unit = automation.timing().delay() == 0 ? Timing.Unit.HOURS : automation.timing().unit();
        form.openingHoursOnly = automation.timing().openingHoursOnly();
        form.sendAnyway = automation.sendAnyway();
        automation.timeToLive().ifPresent(form::lives);
        form.active = automation.active();
        form.templateId = automation.template().id();
        return form;
    }

    /** @param place of an order's notification; one about leads has none */
    Draft draft(Long place) {
        Long locationId = lead ? null : place;
        if (reminder) {
            LeadTime ahead = new LeadTime(delay == null ? 0 : delay, unit, intoOpeningHours, sendLate);
            return new Draft(id, version, locationId, new Trigger.AroundDate(Trigger.AroundDate.ORDER_DUE, ahead), channels(), Timing.atOnce(), false, templateId, life(), active);
        }
        EventType type = !isReached() ? EventType.valueOf(event) : lead ? EventType.LEAD_STATUS_CHANGED : EventType.ORDER_STATUS_CHANGED;
        return new Draft(id, version, locationId, new Trigger.OnEvent(type, isReached() ? status : null), channels(),
            new Timing(delay == null ? 0 : delay, delay == null ? Timing.Unit.MINUTES : unit, openingHoursOnly), isReached() && sendAnyway, templateId, life(), active);
    }

    /** In the largest unit that says it without a rest. */
    private void lives(Duration own) {
        long minutes = own.toMinutes();
        lifeUnit = minutes % 1440 == 0 ? Timing.Unit.DAYS : minutes % 60 == 0 ? Timing.Unit.HOURS : Timing.Unit.MINUTES;
        life = (int) (minutes / new Timing(1, lifeUnit, false).duration().toMinutes());
    }

    private Given<Duration> life() { return Given.of(life == null ? null : new Timing(life, lifeUnit, false).duration()); }

    TemplateDraft template(Actor author) {
        Map<String, Translation> translations = new LinkedHashMap<>();
        words.forEach((l, w) -> { if (!w.isEmpty()) { translations.put(l, w.translation(sends(Channel.SMS), sends(Channel.EMAIL))); } });
        return new TemplateDraft(null, null, templateName, purpose, translations, author);
    }

    /** The refusal at the input that shows it, in the language that has it. */
    Invalid placed(Invalid refusal) {
        String field = refusal.field();
        if (field != null && field.matches("(fr|en)\\.(sms|subject|body)")) {
            language = field.substring(0, 2);
            field = language + field.substring(3, 4).toUpperCase(Locale.ROOT) + field.substring(4);
        } else if ("text".equals(field) || fresh && "template".equals(field)) {
            field = language + (isSms() ? "Sms" : "Body");
        } else if (reminder && "delay".equals(field)) {
            field = "lead";
        } else if (reminder && "openingHours".equals(field)) {
            field = "intoOpeningHours";
        } else if ("timeToLive".equals(field)) {
            field = "life";
        }
        return new Invalid(field, refusal.key(), refusal.arguments().toArray());
    }

    public Set<Channel> channels() { return "BOTH".equals(channel) ? EnumSet.allOf(Channel.class) : EnumSet.of(Channel.valueOf(channel)); }

    private boolean sends(Channel way) { return channels().contains(way); }

    public boolean isNew() { return id == null; }
    public boolean isReached() { return !reminder && (lead ? LEAD_REACHED : REACHED).equals(event); }
    public boolean isLead() { return lead; }
    /** What can be chosen under "when". */
    public List<String> getEvents() {
        return lead ? List.of(LEAD_REACHED, "LEAD_CREATED") : List.of(REACHED, "ORDER_CREATED", "ORDER_STATUS_CHANGED", "ORDER_SCHEDULED_TIME_CHANGED");
    }
    public boolean isReminder() { return reminder; }
    public boolean isSms() { return sends(Channel.SMS); }
    public boolean isEmail() { return sends(Channel.EMAIL); }
    public Long getId() { return id; }
    public String getEvent() { return event; }
    public void setEvent(String event) { this.event = event; }
    public String getStatus() { return status; }
    public void setStatus(String status) { this.status = status; }
    public String getChannel() { return channel; }
    public void setChannel(String channel) { this.channel = channel; }
    public Integer getDelay() { return delay; }
    public void setDelay(Integer delay) { this.delay = delay; }
    public Timing.Unit getUnit() { return unit; }
    public void setUnit(Timing.Unit unit) { this.unit = unit; }
    public boolean isOpeningHoursOnly() { return openingHoursOnly; }
    public void setOpeningHoursOnly(boolean openingHoursOnly) { this.openingHoursOnly = openingHoursOnly; }
    public boolean isSendAnyway() { return sendAnyway; }
    public void setSendAnyway(boolean sendAnyway) { this.sendAnyway = sendAnyway; }
    public boolean isIntoOpeningHours() { return intoOpeningHours; }
    public void setIntoOpeningHours(boolean intoOpeningHours) { this.intoOpeningHours = intoOpeningHours; }
    public boolean isSendLate() { return sendLate; }
    public void setSendLate(boolean sendLate) { this.sendLate = sendLate; }
    public Integer getLife() { return life; }
    public void setLife(Integer life) { this.life = life; }
    public Timing.Unit getLifeUnit() { return lifeUnit; }
    public void setLifeUnit(Timing.Unit lifeUnit) { this.lifeUnit = lifeUnit; }
    public boolean isFresh() { return fresh; }
    public void setFresh(boolean fresh) { this.fresh = fresh; }
    public Long getTemplateId() { return templateId; }
    public void setTemplateId(Long templateId) { this.templateId = templateId; }
    public String getTemplateName() { return templateName; }
    public void setTemplateName(String templateName) { this.templateName = templateName; }
    public Purpose getPurpose() { return purpose; }
    public void setPurpose(Purpose purpose) { this.purpose = purpose; }
    public Purpose[] getPurposes() { return Purpose.values(); }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public Map<String, Words> getWords() { return words; }
}
