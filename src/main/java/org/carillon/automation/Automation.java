package org.carillon.automation;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carillon.fact.Channel;
import org.carillon.fact.EventType;
import org.carillon.template.Template;

/**
 * Something that the shop wants sent: when (trigger), to whom and by what way, after which delay, in which words. Every change that matters to what
 * is already planned gives it a new revision; plans of an older one are refused until they have been made anew (REL-47).
 */
@Entity @Table(name = "automation")
public class Automation {

    @Id @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "automation")
    @SequenceGenerator(name = "automation", sequenceName = "automation_id_seq", allocationSize = 50)
    private Long id;
    private String ref = UUID.randomUUID().toString();
    private String name = "";
    @Enumerated(EnumType.STRING)
    private AutomationState state = AutomationState.DRAFT;
    @Column(name = "trigger_kind")
    private String triggerKind = "ON_EVENT";
    @Enumerated(EnumType.STRING) @Column(name = "event_type")
    private EventType eventType;
    private String status;
    @Column(name = "delay_n")
    private int delay;
    @Enumerated(EnumType.STRING) @Column(name = "delay_unit")
    private Timing.Unit delayUnit = Timing.Unit.MINUTES;
    @Column(name = "opening_hours_only")
    private boolean openingHoursOnly;
    @Column(name = "send_anyway")
    private boolean sendAnyway;
    private String anchor;
    @Column(name = "into_opening_hours")
    private boolean intoOpeningHours;
    @Column(name = "send_late")
    private boolean sendLate;
    @Column(name = "ttl_minutes")
    private Integer ttlMinutes;
    private String channels;
    @ManyToOne @JoinColumn(name = "template_id")
    private Template template;
    @ElementCollection
    @CollectionTable(name = "automation_location", joinColumns = @JoinColumn(name = "automation_id")) @Column(name = "location_id")
    private Set<Long> locations = new HashSet<>();
    private boolean everywhere;
    private int rev = 1;
    private boolean deleted;
    @Version
    private int version;

    protected Automation() { }

    /** @param locationId null for the whole company */
    static Automation draft(Long locationId) {
        Automation automation = new Automation();
        automation.everywhere = locationId == null;
        if (locationId != null) {
            automation.locations.add(locationId);
        }
        return automation;
    }

    void become(Draft draft, Template template) {
        if (draft.trigger() instanceof Trigger.AroundDate date) {
            remind(date);
        } else if (draft.trigger() instanceof Trigger.OnEvent event) {
            tell(event, draft.timing(), draft.sendAnyway());
        }
        channels = draft.channels().stream().sorted().map(Channel::name).collect(Collectors.joining(","));
        this.template = template;
        ttlMinutes = minutes(draft.timeToLive().or(timeToLive().orElse(null)));
        rev++;
    }

    private void tell(Trigger.OnEvent event, Timing timing, boolean anyway) {
        triggerKind = "ON_EVENT";
        eventType = event.type();
        status = event.status();
        delay = timing.delay();
        delayUnit = timing.unit();
        openingHoursOnly = timing.openingHoursOnly();
        sendAnyway = anyway;
    }

    private void remind(Trigger.AroundDate date) {
        triggerKind = "AROUND_DATE";
        anchor = date.anchor();
        delay = date.lead().amount();
        delayUnit = date.lead().unit();
        intoOpeningHours = date.lead().intoOpeningHours();
        sendLate = date.lead().sendLate();
    }

    /** Null for the usual time of what calls for its messages. */
    void expireAfter(Duration own) {
        ttlMinutes = minutes(own);
        rev++;
    }

    private static Integer minutes(Duration own) { return own == null ? null : Math.toIntExact(own.toMinutes()); }

    void switchOn() {
        state = AutomationState.ACTIVE;
        rev++;
    }

    void pause() {
        state = AutomationState.PAUSED;
        rev++;
    }

    void delete() {
        deleted = true;
        rev++;
    }

    public Long id() { return id; }
    public AutomationState state() { return state; }
    public boolean active() { return state == AutomationState.ACTIVE && !deleted; }
    /** Those are {@link AudienceAutomation}s, of the same table. */
    boolean meansAnAudience() { return !"ON_EVENT".equals(triggerKind) && !reminder(); }
    public boolean reminder() { return "AROUND_DATE".equals(triggerKind); }
    public Trigger trigger() {
        return reminder() ? new Trigger.AroundDate(anchor, new LeadTime(delay, delayUnit, intoOpeningHours, sendLate)) : new Trigger.OnEvent(eventType, status);
    }
    /** Of an event's; a reminder's is in its trigger. */
    public Timing timing() { return new Timing(delay, delayUnit, openingHoursOnly); }
    /** How long its messages are worth sending, from their send time; empty: as what calls for them (REL-50). */
    public Optional<Duration> timeToLive() { return Optional.ofNullable(ttlMinutes).map(Duration::ofMinutes); }
    public boolean sendAnyway() { return sendAnyway; }
    public Set<Channel> channels() {
        return Arrays.stream(channels.split(",")).map(Channel::valueOf).collect(Collectors.toCollection(() -> EnumSet.noneOf(Channel.class)));
    }
    public Template template() { return template; }
    public Set<Long> locations() { return Set.copyOf(locations); }
    /** Of the whole company, at locations still to come too; then there is no list of locations. */
    public boolean everywhere() { return everywhere; }
    /** The location of a notification, null for one of the whole company; automations of several locations come with the wizard. */
    public Long locationId() { return everywhere ? null : locations.iterator().next(); }
    public int rev() { return rev; }
    public boolean deleted() { return deleted; }
    public int version() { return version; }
}
