package org.carillon.bench;

import java.util.Locale;

/** PERF-04: planned notifications that are due, all the way to a provider that takes everything, beside a loop of bare SQL. {@code carillon.bench.messages} (20,000) a round. */
public final class Releasing {

    private Releasing() { }

    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int messages = Integer.getInteger("carillon.bench.messages", 20_000);
        try (DurableDatabase database = DurableDatabase.open(); Pipeline pipeline = new Pipeline(database, 1)) {
            new Chain(20, 50, Math.max(messages, 20_000)).fill(database.owner());
            database.owner().useHandle(h -> h.createScript("""
                insert into company (name, default_language) select 'Garage Rosemont', 'fr' where not exists (select from company);
                update template_translation set sms = 'Bonjour {customer.first_name | vous}, votre véhicule est prêt. {location.name}, {company.name}'""").execute());
            OurReleases releases = new OurReleases(pipeline, messages);
            OurQueue queue = new OurQueue(pipeline, "Carillon, dispatch alone", messages);
            BareLoop bare = new BareLoop(database, messages * 5);
            Contest contest = new Contest(releases, queue, bare).run();
            contest.row("PERF-04", releases, bare, ">= 0.6");
            contest.row("PERF-04", queue, bare, ">= 0.6");
        }
    }
}
