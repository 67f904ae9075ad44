package org.carillon.fault;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a run came to, written after every round, so that a run that is ended keeps what it found. */
final class Report {

    private final Choice choice;
    private final Path folder;
    private final List<Round> rounds = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final long began = System.nanoTime();

    Report(Choice choice, Path folder) {
        this.choice = choice;
        this.folder = folder;
    }

    void add(Round round, Jdbi owner, Map<Integer, Integer> answers) throws IOException {
        rounds.add(round);
        owner.useHandle(h -> count(h, answers));
        write();
    }

    List<Round> rounds() { return rounds; }

    boolean holds() { return rounds.stream().allMatch(Round::holds); }

    private void count(Handle h, Map<Integer, Integer> answers) {
        int kills = rounds.stream().mapToInt(Round::kills).sum();
        figures.put("seed", choice.seed());
        figures.put("nodes", choice.nodes());
        figures.put("rounds", rounds.size());
        figures.put("kills", kills);
        figures.put("messages", one(h, "select count(*) from message"));
        figures.put("submits", one(h, "select count(*) from fault.submit"));
        figures.put("of these by protocol", h.createQuery("select protocol || ' ' || count(*) from fault.submit group by protocol order by protocol").mapTo(String.class).list().toString());
        figures.put("lost", rounds.stream().flatMap(round -> round.findings().stream()).filter(finding -> finding.invariant().equals("I1")).mapToLong(Invariants.Finding::count).max().orElse(0));
        figures.put("submitted more than once", one(h, "select count(*) from (select 1 from fault.submit where answer <= 0 group by recipient, part having count(*) > 1) d"));
        figures.put("of these unflagged", rounds.stream().flatMap(round -> round.findings().stream()).filter(finding -> finding.invariant().equals("I2")).mapToLong(Invariants.Finding::count).max().orElse(0));
        figures.put("flagged possible duplicates", one(h, "select count(*) from attempt where possible_duplicate"));
        figures.put("attempts of unknown outcome", one(h, "select count(*) from attempt_outcome where verdict = 'UNKNOWN'"));
        figures.put("of these by route", h.createQuery("select route || ' ' || count(*) from attempt_outcome where verdict = 'UNKNOWN' group by route order by route").mapTo(String.class).list()
            .toString());
        figures.put("most of one node's life", one(h, "select coalesce(max(n), 0) from (select count(*) n from attempt_outcome o join attempt a using (message_id, part_no, claim_seq) "
            + "where o.verdict = 'UNKNOWN' group by a.node, a.epoch, a.route) l"));
        figures.put("late outcomes", one(h, "select count(*) from late_outcome"));
        figures.put("illegal transitions", rounds.stream().flatMap(round -> round.findings().stream()).filter(finding -> finding.invariant().equals("I7")).mapToLong(Invariants.Finding::count).max().orElse(0));
        figures.put("rounds with findings", rounds.stream().filter(round -> !round.holds()).count());
        figures.put("95 % bound per kill", holds() && kills > 0 ? String.format(Locale.ROOT, "%.2f %%", 100 * bound(kills)) : "none");
        figures.put("answers of the REST interface", answers.toString());
        figures.put("states", h.createQuery("select state || ' ' || count(*) from message_now group by state order by state").mapTo(String.class).list().toString());
        figures.put("took", Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
    }

    /** REL-09: with no failure in so many kills, how probable one may still be, at 95 % confidence. */
    static double bound(int kills) { return 1 - Math.pow(0.05, 1.0 / kills); }

    private static long one(Handle h, String sql) { return h.createQuery(sql).mapTo(Long.class).one(); }

    private void write() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("report.txt"), toString());
        Files.writeString(folder.resolve("report.json"), json().toString());
    }

    private JsonObject json() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        figures.forEach((name, value) -> {
            if (value instanceof Number number) {
                json.add(name, number.longValue());
            } else {
                json.add(name, value.toString());
            }
        });
        JsonArrayBuilder each = Json.createArrayBuilder();
        rounds.forEach(round -> each.add(round.json()));
        return json.add("each", each).build();
    }

    @Override public String toString() {
        return figures.entrySet().stream().map(e -> String.format(Locale.ROOT, "%-32s %s", e.getKey(), e.getValue())).collect(Collectors.joining("\n", "", "\n\n"))
            + rounds.stream().map(Round::toString).collect(Collectors.joining("\n", "", "\n"));
    }
}
