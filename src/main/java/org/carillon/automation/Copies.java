package org.carillon.automation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carillon.automation.BulkOutcome.Refusal;
import org.carillon.automation.Standing.Likeness;

/** Which automations are to be copied to which locations so that none stands there twice (RO-44). Pure. */
final class Copies {

    record Copy(Standing source, long location) { }

    private final BulkJudge judge;
    private final Surroundings around;
    private final Map<Long, Set<Likeness>> likes = new HashMap<>();
    private final Map<Long, Set<Long>> families = new HashMap<>();
    private final List<Copy> wanted = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private int present;

    /** @param standing all that stand at the targets */
    Copies(Surroundings around, Collection<Standing> standing) {
        this.around = around;
        this.judge = new BulkJudge(around);
        standing.forEach(s -> note(s, s.locationId()));
    }

    void ask(Standing source, long target) {
        if (source.locationId() != null && source.locationId() == target) {
            return;
        }
        if (likes.getOrDefault(target, Set.of()).contains(source.likeness())) {
            present++;
        } else if (families.getOrDefault(target, Set.of()).contains(source.family())) {
            // somebody adapted the copy there, or the original here: neither is overwritten
            BulkJudge.refusal(source, "bulk.copyDiffers", around.places().get(target).name()).ifPresent(refused::add);
        } else {
            judge.refuse(source, target).ifPresentOrElse(refused::add, () -> {
                wanted.add(new Copy(source, target));
                note(source, target);
            });
        }
    }

    private void note(Standing s, long location) {
        likes.computeIfAbsent(location, l -> new HashSet<>()).add(s.likeness());
        families.computeIfAbsent(location, l -> new HashSet<>()).add(s.family());
    }

    List<Copy> wanted() { return wanted; }
    List<Refusal> refused() { return refused; }
    int present() { return present; }
}
