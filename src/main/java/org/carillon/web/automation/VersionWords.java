package org.carillon.web.automation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AutomationVersion;
import org.carillon.automation.AutomationVersion.Act;
import org.carillon.automation.AutomationVersion.Change;
import org.carillon.automation.AutomationVersion.Part;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.template.TextDiff;
import org.carillon.template.TextDiff.Kind;
import org.carillon.template.TextDiff.Piece;
import org.carillon.template.Translation;
import org.carillon.web.Current;
import org.carillon.web.Texts;
import org.carillon.web.audience.RuleEditor;
import org.carillon.web.audience.RuleWords;

/** An automation's versions in the reader's words: who did what, and what was said before and after. Locations out of sight are only counted (SEC-13). */
@ApplicationScoped
public class VersionWords {

    private static final int AROUND = 60;

    /** One thing that changed; {@code pieces} are what went, what came and what is beside it. */
    public record Told(String label, List<Piece> pieces) implements Serializable { }

    public record Entry(AutomationVersion version, String what, List<Told> changes) { }

    private final Texts texts;
    private final Current current;
    private final Locations locations;
    private final RuleWords rules;
    private final Timetable timetable;

    protected VersionWords() { this(null, null, null, null, null); }

    @Inject
    public VersionWords(Texts texts, Current current, Locations locations, RuleWords rules, Timetable timetable) {
        this.texts = texts;
        this.current = current;
        this.locations = locations;
        this.rules = rules;
        this.timetable = timetable;
    }

    /** @param found the newest first; the last of more than {@code most} only says what came before it */
    public List<Entry> entries(List<AutomationVersion> found, int most) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < Math.min(most, found.size()); i++) {
            entries.add(entry(found.get(i), i + 1 < found.size() ? found.get(i + 1) : null));
        }
        return entries;
    }

    private Entry entry(AutomationVersion version, AutomationVersion before) {
        String what = version.act() == Act.RESTORED ? texts.say("automation", "act.RESTORED", version.restoredFrom()) : texts.say("automation", "act." + version.act());
        return new Entry(version, what, version.changesFrom(before).stream().map(change -> new Told(label(change), pieces(change, before == null ? null : before.said(), version.said()))).toList());
    }

    private String label(Change change) { return texts.say("automation", "part." + change.part() + (change.language().isEmpty() ? "" : "." + change.language())); }

    private List<Piece> pieces(Change change, AudienceDraft before, AudienceDraft after) {
        String now = say(change, after);
        if (before == null) {
            return List.of(new Piece(Kind.SAME, now));
        }
        String then = say(change, before);
        boolean words = change.part() == Part.RULES || !change.language().isEmpty();
        return words ? TextDiff.brief(then, now, AROUND) : Stream.of(new Piece(Kind.GONE, then), new Piece(Kind.SAME, " "), new Piece(Kind.NEW, now)).filter(piece -> !piece.text().isEmpty()).toList();
    }

    private String say(Change change, AudienceDraft said) {
        Translation text = said.translations().getOrDefault(change.language(), Translation.of("", "", ""));
        return switch (change.part()) {
            case NAME -> said.name();
            case KIND -> texts.say("wizard", "kind." + said.kind());
            case PLACES -> said.everywhere() ? texts.say("automation", "list.everywhere") : places(said);
            case RULES -> rules.sentence(RuleEditor.of(said.audience())).text();
            case SCHEDULE -> timetable.say(said.schedule());
            case PAST_MIDNIGHT -> texts.say("automation", "versions." + said.dropPastMidnight());
            case CHANNELS -> said.channels().stream().sorted().map(channel -> texts.say("wizard", "ways." + channel)).collect(Collectors.joining(", "));
            case MARKETING -> texts.say("automation", "versions." + said.marketing());
            case SMS -> text.sms();
            case SUBJECT -> text.subject();
            case BODY -> text.body();
        };
    }

    private String places(AudienceDraft said) {
        List<String> seen = said.locations().stream().flatMap(id -> locations.find(current.getScope(), id).stream()).map(Location::name).sorted().toList();
        int others = said.locations().size() - seen.size();
        return String.join(", ", others == 0 ? seen : Stream.concat(seen.stream(), Stream.of(texts.say("automation", "versions.others", others))).toList());
    }
}
