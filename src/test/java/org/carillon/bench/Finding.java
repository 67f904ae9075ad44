package org.carillon.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.carillon.audience.AudienceJson;
import org.carillon.automation.AudienceShelf;
import org.carillon.automation.Library;
import org.carillon.automation.Recipe;
import org.carillon.automation.Schedule;
import org.carillon.billing.SaleFields;
import org.carillon.booking.AppointmentFields;
import org.carillon.customer.CustomerFields;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.FieldCatalogue;
import org.carillon.plan.AudienceRecheck;
import org.carillon.plan.AudienceRuns;
import org.carillon.plan.AudienceSearch;
import org.carillon.repair.OrderFields;
import org.carillon.shop.ShopFields;
import org.jdbi.v3.core.Jdbi;

/**
 * PERF-10: a run of the six-month reminder, found and planned, beside the {@code INSERT ... SELECT} that a person would write for the same rows, on {@link Books}
 * of {@code carillon.bench.customers} (1,000,000), in turn, {@code carillon.bench.rounds} (5). And the second half of PERF-09: {@code carillon.bench.automations} (1,000) in
 * real time, the library's in turn, looked for in three slots five minutes apart; what counts is their share of a core.
 */
public final class Finding {

    private static final PrintStream OUT = System.out;
    private static final int ROUNDS = Integer.getInteger("carillon.bench.rounds", 5);
    private static final int AUTOMATIONS = Integer.getInteger("carillon.bench.automations", 1_000);
    private static final Instant NOW = Instant.parse("2026-11-24T15:05:00Z");
    private static final String ALL_WEEK = "MON,TUE,WED,THU,FRI,SAT,SUN";

    private static final String BY_A_RUN = "six-month reminder, planned by a run";
    private static final String BY_A_PERSON = "six-month reminder, planned by hand";
    private static final String BY_HAND = """
        with m as (
          select distinct on (o.customer_id) o.id, o.customer_id, o.location_id from work_order o join customer c on c.id = o.customer_id and c.erased_at is null
           where o.kind = 'WORK_ORDER' and o.closed_at >= :from and o.closed_at < :until
             and not exists (select from work_order l where l.customer_id = o.customer_id and l.kind = 'WORK_ORDER' and l.closed_at >= :until)
             and not exists (select from appointment a where a.customer_id = o.customer_id and a.status <> 'CANCELLED' and a.start_at >= :from)
             and not exists (select from work_order w where w.customer_id = o.customer_id and w.kind = 'WORK_ORDER' and w.status_group in ('OPEN', 'READY'))
           order by o.customer_id, o.closed_at desc)
        insert into planned_notification (automation_id, plan_rev, calendar_rev, location_id, subject_type, subject_id, customer_id, occurrence, channel, recipient, due_at, expires_at, tz_version,
          state, reason, created_at, changed_at)
        select 1, 1, l.calendar_rev, m.location_id, 'ORDER', m.id, m.customer_id, 'once', 'SMS', 'CUSTOMER', :now::timestamptz, :now::timestamptz + interval '12 hours', '2026a',
               case when reason is null then 'PLANNED' else 'SKIPPED' end, reason, :now, :now
          from m join location l on l.id = m.location_id join customer c on c.id = m.customer_id
          left join lateral (select e164 from customer_phone where customer_id = c.id and sms_able and problem is null order by position limit 1) p on true
          cross join lateral (select case when p.e164 is null then 'NO_PHONE' when not c.sms_consent then 'NO_CONSENT'
            when exists (select from suppression s where s.channel = 'SMS' and s.address = p.e164 and s.released_at is null) then 'OPTED_OUT' end reason) r
        on conflict on constraint planned_once do nothing""";

    private final Jdbi jdbi;
    private final Jdbi owner;
    private final Samples samples = new Samples();
    private final FieldCatalogue catalogue = new FieldCatalogue(List.of(new ShopFields(), new CustomerFields(), new OrderFields(), new AppointmentFields(), new SaleFields()).stream()
        .flatMap(s -> s.fields().stream()).toList());
    private final AudienceRuns runs;
    private Instant now = NOW;

    private Finding(DurableDatabase database) {
        jdbi = database.jdbi(2);
        owner = database.owner();
        ApplicationClock clock = new ApplicationClock(jdbi) {
            @Override public Instant now() { return now; }
        };
        runs = new AudienceRuns(jdbi, clock, new AudienceShelf(catalogue), new AudienceSearch(catalogue, new AudienceRecheck(catalogue, new AudienceShelf(catalogue)))) {
            @Override public boolean request() { return jdbi.inTransaction(h -> super.request()); }
            @Override public boolean make(long id) { return jdbi.inTransaction(h -> super.make(id)); }
        };
    }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        try (DurableDatabase database = DurableDatabase.open()) {
            new Finding(database).measure();
        }
    }

    private void measure() throws Exception {
        long began = System.nanoTime();
        new Books(Integer.getInteger("carillon.bench.customers", 1_000_000), NOW).fill(owner);
        owner.useHandle(h -> {
            h.execute("insert into template (id, name, own) values (1, 'Suivi', true)");
            h.execute("insert into template_translation (template_id, language, sms) values (1, 'fr', 'Merci de votre visite')");
        });
        OUT.printf("%nbooks in %d s; load %.1f%n", (System.nanoTime() - began) / 1_000_000_000L, load());
        plan();
        realTime();
    }

    /** Both write the same rows into an empty table, each in a transaction of its own that is committed. */
    private void plan() throws Exception {
        Recipe recipe = new Library(catalogue).recipe("KI-R06").orElseThrow();
        automation(1, recipe, recipe.variant(""), "DAILY", 1);
        Instant from = daysAgo(180);
        Instant until = daysAgo(173);
        for (int round = -1; round < ROUNDS; round++) {
            empty();
            String by = byHand(round, from, until);
            empty();
            String ours = ours(round);
            if (round < 0) {
                OUT.printf("planned and not: %s; by hand %s%n", ours, by);
            }
        }
        double ours = samples.quantile(BY_A_RUN, 0.5);
        double hand = samples.quantile(BY_A_PERSON, 0.5);
        OUT.printf("| PERF-10 | %.0f ms | by hand: %.0f ms | %.2f (worst %.2f) | <= 1.3 | %d rounds, load %.1f |%n", ours, hand, ours / hand,
            samples.quantile(BY_A_RUN, 1) / samples.quantile(BY_A_PERSON, 1), ROUNDS, load());
    }

    private void empty() {
        owner.useHandle(h -> h.execute("truncate planned_notification, audience_run cascade"));
    }

    private String byHand(int round, Instant from, Instant until) {
        long began = System.nanoTime();
        jdbi.useTransaction(h -> h.createUpdate(BY_HAND).bind("from", from).bind("until", until).bind("now", NOW).execute());
        return kept(round, BY_A_PERSON, System.nanoTime() - began);
    }

    private String ours(int round) {
        long run = jdbi.withHandle(h -> h.createQuery("insert into audience_run (automation_id, zone, slot, state, next_try) values (1, 'America/Toronto', :now, 'REQUESTED', :now) returning id")
            .bind("now", NOW).mapTo(Long.class).one());
        long began = System.nanoTime();
        runs.make(run);
        return kept(round, BY_A_RUN, System.nanoTime() - began);
    }

    private String kept(int round, String what, long took) {
        if (round >= 0) {
            samples.add(what, took);
        }
        return jdbi.withHandle(h -> h.createQuery("select string_agg(concat_ws(' ', state, reason, n), ', ' order by state, reason) from (select state, reason, count(*) n from planned_notification "
            + "group by 1, 2) x").mapTo(String.class).one());
    }

    private void realTime() throws Exception {
        List<Recipe> recipes = new Library(catalogue).recipes().stream().filter(r -> r.schedule() instanceof Schedule.RealTime).toList();
        owner.useHandle(h -> h.execute("update automation set state = 'PAUSED'"));
        empty();
        for (int n = 0; n < AUTOMATIONS; n++) {
            Recipe recipe = recipes.get(n % recipes.size());
            automation(10 + n, recipe, recipe.audiences().get(n / recipes.size() % recipe.audiences().size()), "REAL_TIME", 1 + n / recipes.size() % 5);
        }
        owner.useHandle(h -> h.execute("vacuum analyze automation"));
        Map<String, Double> byRecipe = new TreeMap<>();
        for (int slot = 0; slot < 4; slot++) {
            now = NOW.plus(Duration.ofMinutes(5L * slot + 1));
            double processor = processor();
            long began = System.nanoTime();
            runs.request();
            int made = 0;
            for (long id : runs.open()) {
                String name = jdbi.withHandle(h -> h.createQuery("select a.name from audience_run r join automation a on a.id = r.automation_id where r.id = :id").bind("id", id).mapTo(String.class).one());
                long each = System.nanoTime();
                made += runs.make(id) ? 1 : 0;
                if (slot > 0) {
                    byRecipe.merge(name, (System.nanoTime() - each) / 1e6, Double::sum);
                }
            }
            double took = (System.nanoTime() - began) / 1e9;
            OUT.printf("%s %,d runs in %.1f s, %.1f s of a processor: %.1f %% of a core when looked for every five minutes (goal 10); load %.1f%n", slot == 0 ? "rehearsal:" : "slot " + slot + ":", made, took,
                processor() - processor, (processor() - processor) / 3, load());
        }
        int each = AUTOMATIONS / recipes.size() * 3;
        byRecipe.forEach((name, sum) -> OUT.printf("%s: %.1f ms a run%n", name, sum / each));
        OUT.println(kept(-1, "", 0) + "\n" + samples.table());
    }

    /** Seconds of processor that this process and the database's have had, those that ended included. */
    private double processor() throws IOException {
        ProcessHandle server = ProcessHandle.of(jdbi.withHandle(h -> h.createQuery("select pg_backend_pid()").mapTo(Long.class).one())).flatMap(ProcessHandle::parent).orElseThrow();
        long ticks = ticks(server.pid(), 4) + ticks(ProcessHandle.current().pid(), 2);
        for (ProcessHandle each : server.children().toList()) {
            ticks += ticks(each.pid(), 2);
        }
        return ticks / 100.0;
    }

    /** Of the kernel's account: its own in the program and in the kernel, then the same of children that ended. */
    private static long ticks(long pid, int fields) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return Arrays.stream(stat.substring(stat.lastIndexOf(')') + 2).split(" ")).skip(11).limit(fields).mapToLong(Long::parseLong).sum();
    }

    private static Instant daysAgo(int days) { return NOW.atZone(ZoneId.of("America/Toronto")).truncatedTo(ChronoUnit.DAYS).minusDays(days).toInstant(); }

    private void automation(long id, Recipe recipe, Recipe.Variant variant, String trigger, long location) {
        owner.useHandle(h -> {
            h.createUpdate("insert into automation (id, ref, name, state, trigger_kind, kind, channels, template_id, audience, target, everywhere, at_time, days, opening_hours_only, period_from, period_to, active_since) "
                    + "values (:id, 'A' || :id, :name, 'ACTIVE', :trigger, 'GENERAL', 'SMS', 1, :rules::jsonb, :target, :id = 1, case :trigger when 'DAILY' then time '10:00' end, :days, false, "
                    + "case :trigger when 'REAL_TIME' then time '08:00' end, case :trigger when 'REAL_TIME' then time '19:00' end, :since)")
                .bind("id", id).bind("name", recipe.code() + " " + variant.code()).bind("trigger", trigger).bind("rules", AudienceJson.write(variant.audience()).toString())
                .bind("target", variant.audience().target()).bind("days", ALL_WEEK).bind("since", NOW.minus(Duration.ofHours(1))).execute();
            if (id != 1) {
                h.createUpdate("insert into automation_location (automation_id, location_id) values (:id, :location)").bind("id", id).bind("location", location).execute();
            }
        });
    }

    private static double load() { return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(); }
}
