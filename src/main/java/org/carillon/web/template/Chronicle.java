package org.carillon.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.carillon.template.TemplateVersion;
import org.carillon.template.TemplateVersion.Act;
import org.carillon.template.TemplateVersion.Change;
import org.carillon.template.TemplateVersion.Part;
import org.carillon.template.TextDiff;
import org.carillon.template.TextDiff.Kind;
import org.carillon.template.TextDiff.Piece;
import org.carillon.template.Versions;
import org.carillon.web.Texts;

/** A template's history in the reader's words: who did what, and what changed in which language. */
@ApplicationScoped
public class Chronicle {

    private static final int AROUND = 60;

    /** One text or fact that changed; {@code pieces} are what went, what came and what is beside it. */
    public record Told(String label, List<Piece> pieces) { }

    /** @param labels what changed, in one line */
    public record Entry(TemplateVersion version, String what, List<Told> changes, String labels) { }

    private final Versions versions;
    private final Texts texts;

    protected Chronicle() { this(null, null); }

    @Inject
    public Chronicle(Versions versions, Texts texts) {
        this.versions = versions;
        this.texts = texts;
    }

    /** The newest first, from below a number. */
    public List<Entry> entries(long templateId, int below, int limit) {
        List<TemplateVersion> found = versions.of(templateId, below, limit + 1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, found.size()); i++) {
            entries.add(entry(found.get(i), i + 1 < found.size() ? found.get(i + 1) : null));
        }
        return entries;
    }

    private Entry entry(TemplateVersion version, TemplateVersion before) {
        List<Told> told = version.changesFrom(before).stream().map(change -> new Told(label(change), pieces(change, before == null))).toList();
        String what = version.act() == Act.RESTORED ? texts.say("template", "act.RESTORED", version.restoredFrom()) : texts.say("template", "act." + version.act());
        return new Entry(version, what, told, told.stream().map(Told::label).collect(Collectors.joining(", ")));
    }

    private String label(Change change) { return texts.get("template").get("part." + change.part() + (change.language().isEmpty() ? "" : "." + change.language())); }

    private List<Piece> pieces(Change change, boolean first) {
        if (change.part() == Part.PURPOSE) {
            return List.of(new Piece(Kind.GONE, purpose(change.before())), new Piece(Kind.SAME, " "), new Piece(Kind.NEW, purpose(change.after())));
        }
        return first ? List.of(new Piece(Kind.SAME, change.after())) : TextDiff.brief(change.before(), change.after(), AROUND);
    }

    private String purpose(String code) { return texts.get("template").get("purpose." + code); }
}
