package org.carillon.web.automation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.audience.Audience;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.Kind;
import org.carillon.fact.Channel;
import org.carillon.shop.Place;
import org.carillon.shop.Scope;
import org.carillon.template.Translation;
import org.carillon.web.Language;
import org.carillon.web.template.Words;

/** What the wizard asks beside the rules, while it is being typed. */
public class AutomationForm implements Serializable {

    /** By what way, as one choice. */
    public enum Ways {
        SMS, EMAIL, BOTH;

        Set<Channel> channels() { return this == BOTH ? EnumSet.allOf(Channel.class) : EnumSet.of(Channel.valueOf(name())); }
    }

    private Integer version;
    private String name = "";
    private Kind kind = Kind.GENERAL;
    private boolean everywhere;
    private List<Long> locations = new ArrayList<>();
    private Ways ways = Ways.SMS;
    private boolean marketing;
    private boolean dropPastMidnight;
    private String language = "fr";
    private final Map<String, Words> words = new LinkedHashMap<>();
    private ScheduleForm schedule = new ScheduleForm();

    public AutomationForm() { Language.ALL.forEach(l -> words.put(l, new Words())); }

    /** At the location that is being looked at, or at all that one may see. */
    static AutomationForm fresh(Long location, List<Place> places) {
        AutomationForm form = new AutomationForm();
        form.locations = new ArrayList<>(location == null ? places.stream().map(Place::id).toList() : List.of(location));
        return form;
    }

    static AutomationForm of(AudienceDraft draft) {
        AutomationForm form = new AutomationForm();
        form.version = draft.version();
        form.name = draft.name();
        form.kind = draft.kind();
        form.everywhere = draft.everywhere();
        form.locations = new ArrayList<>(draft.locations());
        form.ways = draft.channels().size() > 1 ? Ways.BOTH : draft.channels().contains(Channel.EMAIL) ? Ways.EMAIL : Ways.SMS;
        form.marketing = draft.marketing();
        form.dropPastMidnight = draft.dropPastMidnight();
        draft.translations().forEach((l, translation) -> form.words.put(l, Words.of(translation)));
        form.schedule = ScheduleForm.of(draft.schedule());
        return form;
    }

    AudienceDraft draft(Long id, Audience audience) {
        return new AudienceDraft(id, version, name == null ? "" : name.strip(), kind, audience, schedule.schedule(), everywhere, everywhere ? Set.of() : Set.copyOf(locations), ways.channels(), marketing,
            translations(), dropPastMidnight);
    }

    Map<String, Translation> translations() {
        Map<String, Translation> translations = new LinkedHashMap<>();
        words.forEach((l, w) -> {
            Translation told = w.translation();  // what another way would say stays, for when it is chosen again
            if (!told.equals(Translation.of("", "", ""))) {
                translations.put(l, told);
            }
        });
        return translations;
    }

    /** The words that are being looked at; where that language has none, all. */
    Map<String, Translation> shown() {
        Map<String, Translation> all = translations();
        return all.containsKey(language) ? Map.of(language, all.get(language)) : all;
    }

    Channel testChannel() { return ways == Ways.EMAIL ? Channel.EMAIL : Channel.SMS; }

    /** Whom the automation can mean, of those that one may see. */
    Scope scope(Scope own) { return everywhere ? own : Scope.of(Set.copyOf(locations.stream().filter(own::allows).toList())); }

    public List<String> getLanguages() { return Language.ALL; }
    public Kind[] getKinds() { return Kind.values(); }
    public Ways[] getAllWays() { return Ways.values(); }
    public boolean isSms() { return ways != Ways.EMAIL; }
    public boolean isEmail() { return ways != Ways.SMS; }
    public Integer getVersion() { return version; }
    void setVersion(Integer version) { this.version = version; }
    public String getName() { return name; }
    public void setName(String name) { this.name = name; }
    public Kind getKind() { return kind; }
    public void setKind(Kind kind) { this.kind = kind == null ? this.kind : kind; }
    public boolean isEverywhere() { return everywhere; }
    public void setEverywhere(boolean everywhere) { this.everywhere = everywhere; }
    public List<Long> getLocations() { return locations; }
    public void setLocations(List<Long> locations) { this.locations = locations; }
    public Ways getWays() { return ways; }
    public void setWays(Ways ways) { this.ways = ways == null ? this.ways : ways; }
    public boolean isMarketing() { return marketing; }
    public void setMarketing(boolean marketing) { this.marketing = marketing; }
    public boolean isDropPastMidnight() { return dropPastMidnight; }
    public void setDropPastMidnight(boolean dropPastMidnight) { this.dropPastMidnight = dropPastMidnight; }
    public String getLanguage() { return language; }
    public void setLanguage(String language) { this.language = language; }
    public Map<String, Words> getWords() { return words; }
    public ScheduleForm getSchedule() { return schedule; }
}
