package org.carillon.automation;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.carillon.automation.BulkOutcome.Refusal;

/** Whether an automation may become what a bulk edit makes of it, and why not. Pure. */
final class BulkJudge {

    private final Surroundings around;

    BulkJudge(Surroundings around) { this.around = around; }

    /** What it becomes; the same when it is so already. */
    static Standing after(Standing before, BulkEdit edit) {
        if (edit instanceof BulkEdit.UseTemplate to) {
            return before.withTemplate(to.templateId());
        }
        if (edit instanceof BulkEdit.UseChannels to) {
            return before.withChannels(to.channels());
        }
        if (edit instanceof BulkEdit.Turn to) {
            // a draft that is switched off stays one
            return to.on() == before.active() ? before : before.turned(to.on());
        }
        return before.gone();
    }

    Optional<Refusal> refuse(Standing before, Standing after) {
        if (after.deleted()) {
            return Optional.empty();
        }
        Surroundings.Words words = around.templates().get(after.templateId());
        if (words == null || words.deleted()) {
            return refusal(before, "bulk.templateGone");
        }
        boolean otherWords = before.templateId() != after.templateId() || !before.channels().equals(after.channels()) || before.deleted();
        Optional<Refusal> silent = !otherWords ? Optional.empty() : after.ways().stream().filter(way -> !words.channels().contains(way)).findFirst()
            .flatMap(way -> refusal(before, "template.silentOn." + way, words.name()));
        if (silent.isEmpty() && (otherWords || after.active() && !before.active())) {
            silent = unfrench(before, after, words, after.locationId());
        }
        boolean never = after.active() && !before.active() && after.locationId() != null && after.needsAnOpening() && !around.opens(after.locationId());
        return silent.isPresent() || !never ? silent : refusal(before, "automation.noOpening", after.location());
    }

    /** Whether it may stand at another location too. */
    Optional<Refusal> refuse(Standing source, long location) {
        Surroundings.Place place = around.places().get(location);
        if (source.everywhere()) {
            return refusal(source, "automation.companyWide.only");
        }
        if (source.status() != null && !place.statuses().contains(source.status())) {
            return refusal(source, "bulk.statusUnused", place.name());
        }
        Optional<Refusal> unfrench = unfrench(source, source, around.templates().get(source.templateId()), location);
        if (unfrench.isPresent()) {
            return unfrench;
        }
        if (source.active() && source.needsAnOpening() && !around.opens(location)) {
            return refusal(source, "automation.noOpening", place.name());
        }
        return Optional.empty();
    }

    /** LAW-22: a location in Québec sends nothing that is not there in French. */
    private Optional<Refusal> unfrench(Standing named, Standing sent, Surroundings.Words words, Long location) {
        return words == null || !around.needsFrench(location) ? Optional.empty()
            : sent.ways().stream().filter(way -> !words.french().contains(way)).findFirst().flatMap(way -> refusal(named, "template.frenchIn." + way, words.name()));
    }

    static Optional<Refusal> refusal(Standing what, String key, Serializable... arguments) { return Optional.of(new Refusal(what.named(), key, List.of(arguments))); }
}
