package org.carillon.fault;

import jakarta.json.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.carillon.fault.Fleet.Link;
import org.carillon.run.Node;
import org.carillon.simulator.Fault;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** What can go wrong. Each begins, lasts and ends by itself. */
enum Trouble {

    /** A node stops in mid-air for longer than its lease and goes on as if nothing had been (REL-06). */
    FREEZE {
        @Override void strike(Scene s) throws Exception {
            Node node = s.berth().running();  // this life, though the kill beside it may end it and begin another
            try {
                if (node.freeze()) {
                    s.last(s.choice().freeze());
                }
            } finally {
                node.thaw();
            }
        }
    },
    /** A node has no memory left and ends; who watches over it starts it again (REL-30). */
    HEAP_FULL {
        @Override void strike(Scene s) throws Exception {
            Fleet.Berth berth = s.berth();
            var process = berth.running().process();
            if (HeapFiller.into(process.pid(), s.fleet().home())) {
                process.onExit().get(60, TimeUnit.SECONDS);
                s.last(Duration.ofMillis(s.random().nextInt(2_000)));
                berth.revive();
                berth.awaitReady();
            }
        }
    },
    POSTGRES_KILLED {
        @Override void strike(Scene s) throws Exception { crash(s, "KILL"); }
    },
    POSTGRES_STOPPED {
        @Override void strike(Scene s) throws Exception { crash(s, "QUIT"); }
    },
    /** No octet to and from the database, for one node or all; what hung is reset when it is back (REL-11). */
    DATABASE_CUT {
        @Override void strike(Scene s) throws Exception {
            Duration lasts = Duration.ofSeconds(s.choice().cuts().get(s.random().nextInt(s.choice().cuts().size())));
            List<FaultProxy> links = s.random().nextBoolean() ? List.copyOf(s.fleet().proxies(Link.DATABASE)) : List.of(s.berth().link(Link.DATABASE));
            afflict(s, links, new Toxic.Blackhole(), lasts, true);
        }
    },
    /** The same, and what hung stays silent for good. */
    DATABASE_HALF_OPEN {
        @Override void strike(Scene s) throws Exception { afflict(s, List.of(s.berth().link(Link.DATABASE)), new Toxic.Blackhole(), Duration.ofSeconds(5), false); }
    },
    DATABASE_REFUSED {
        @Override void strike(Scene s) throws Exception { afflict(s, List.copyOf(s.fleet().proxies(Link.DATABASE)), new Toxic.Refuse(), s.shortly(), true); }
    },
    DATABASE_SLOW {
        @Override void strike(Scene s) throws Exception { afflict(s, List.of(s.berth().link(Link.DATABASE)), new Toxic.Latency(Duration.ofMillis(60)), s.shortly(), true); }
    },
    /** Nobody gets a connection any more, and those that there were are gone (REL-30). */
    DATABASE_CROWDED {
        @Override void strike(Scene s) throws Exception {
            Jdbi owner = s.fleet().owner();
            List<Connection> crowd = new ArrayList<>();
            try {
                long end = System.nanoTime() + s.shortly().toNanos();
                while (System.nanoTime() < end) {
                    try {
                        crowd.add(s.fleet().postgres().as("carillon_app").getConnection());
                        if (crowd.size() % 20 == 0) {
                            crowd.get(0).createStatement().execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'carillon_app' and pid <> pg_backend_pid() "
                                + "and application_name like 'carillon%'");
                        }
                    } catch (SQLException e) {
                        s.last(Duration.ofMillis(100));  // full
                    }
                }
            } finally {
                for (Connection one : crowd) {
                    try {
                        one.close();
                    } catch (SQLException e) {
                        // gone
                    }
                }
            }
            again(() -> owner.useHandle(h -> h.execute("select 1")));  // a backend is not gone the moment its client is
        }
    },
    /** Every write of a message is refused with disk_full (REL-30). */
    DISK_FULL {
        @Override void strike(Scene s) throws Exception {
            Jdbi owner = s.fleet().owner();
            try {
                owner.useHandle(h -> h.execute("create or replace function fault.full() returns trigger language plpgsql as $$ begin "
                    + "raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$"));
                for (String table : FULL) {
                    owner.useHandle(h -> h.execute("create trigger fault_full before insert on " + table + " for each statement execute function fault.full()"));
                }
                s.last(s.shortly());
            } finally {
                for (String table : FULL) {
                    again(() -> owner.useHandle(h -> h.execute("drop trigger if exists fault_full on " + table)));
                }
            }
        }
    },
    SMPP_HALF_OPEN {
        @Override void strike(Scene s) throws Exception { afflict(s, List.of(s.berth().link(Link.SMPP)), new Toxic.Blackhole(), s.shortly(), false); }
    },
    SMPP_RESET {
        @Override void strike(Scene s) throws Exception { afflict(s, List.copyOf(s.fleet().proxies(Link.SMPP)), new Toxic.Reset(), Duration.ofSeconds(1), true); }
    },
    /** The line breaks in the middle of a PDU. */
    SMPP_CUT_IN_A_PDU {
        @Override void strike(Scene s) throws Exception { afflict(s, List.copyOf(s.fleet().proxies(Link.SMPP)), new Toxic.Limit(700 + s.random().nextInt(900)), s.shortly(), true); }
    },
    SMPP_SLOW {
        @Override void strike(Scene s) throws Exception {
            afflict(s, List.of(s.berth().link(Link.SMPP)), s.random().nextBoolean() ? new Toxic.Latency(Duration.ofMillis(200)) : new Toxic.Bandwidth(600), s.shortly(), true);
        }
    },
    SMPP_REFUSED {
        @Override void strike(Scene s) throws Exception { afflict(s, List.of(s.berth().link(Link.SMPP)), new Toxic.Refuse(), s.shortly(), true); }
    },
    SMPP_UNBIND {
        @Override void strike(Scene s) { s.fleet().simulator().smpp().unbind(); }
    },
    SMTP_BROKEN {
        @Override void strike(Scene s) throws Exception {
            Toxic toxic = List.of(new Toxic.Blackhole(), new Toxic.Reset(), new Toxic.Limit(300 + s.random().nextInt(900)), new Toxic.SlowClose(Duration.ofSeconds(2)))
                .get(s.random().nextInt(4));
            afflict(s, List.of(s.berth().link(Link.SMTP)), toxic, s.shortly(), s.random().nextBoolean());
        }
    },
    PROVIDER_REFUSED {
        @Override void strike(Scene s) throws Exception { afflict(s, List.of(s.fleet().provider()), new Toxic.Refuse(), s.shortly(), true); }
    },
    PROVIDER_HALF_OPEN {
        @Override void strike(Scene s) throws Exception { afflict(s, List.of(s.fleet().provider()), new Toxic.Blackhole(), s.shortly(), false); }
    },
    /** The line breaks while the request is written, or in the middle of its answer. */
    PROVIDER_CUT_IN_THE_ANSWER {
        @Override void strike(Scene s) throws Exception { afflict(s, List.of(s.fleet().provider()), new Toxic.Limit(500 + s.random().nextInt(900)), s.shortly(), true); }
    },
    /** 429 with Retry-After. */
    PROVIDER_BUSY {
        @Override void strike(Scene s) throws Exception { provide(s, "{\"kind\":\"HTTP\",\"status\":429,\"rate\":0.5,\"millis\":2000}"); }
    },
    /** 503, for what was taken and for what was not: nobody can tell (4.2). */
    PROVIDER_UNAVAILABLE {
        @Override void strike(Scene s) throws Exception {
            provide(s, "{\"kind\":\"HTTP\",\"status\":503,\"rate\":0.2,\"times\":5,\"when\":\"BEFORE\"}", "{\"kind\":\"HTTP\",\"status\":503,\"rate\":0.2,\"times\":5,\"when\":\"AFTER\"}");
        }
    },
    /** Callers are cut off in the middle of the answer, so that they must ask again. */
    HTTP_BROKEN {
        @Override void strike(Scene s) throws Exception {
            afflict(s, List.copyOf(s.fleet().proxies(Link.HTTP)), s.random().nextBoolean() ? new Toxic.Limit(3_000 + s.random().nextInt(6_000)) : new Toxic.Reset(), s.shortly(), true);
        }
    },
    THROTTLED {
        @Override void strike(Scene s) throws Exception { provide(s, "{\"kind\":\"THROTTLE\",\"perSecond\":10}"); }
    },
    ANSWERS_LATE {
        @Override void strike(Scene s) throws Exception { provide(s, "{\"kind\":\"DELAY\",\"rate\":0.3,\"millis\":" + (1_000 + s.random().nextInt(6_000)) + "}"); }
    },
    ANSWERS_TWICE {
        @Override void strike(Scene s) throws Exception { provide(s, "{\"kind\":\"TWICE\",\"rate\":0.5}"); }
    },
    ANSWERS_MISSING {
        @Override void strike(Scene s) throws Exception {
            provide(s, "{\"kind\":\"SILENCE\",\"rate\":0.1,\"times\":6,\"when\":\"AFTER\"}", "{\"kind\":\"SILENCE\",\"rate\":0.1,\"times\":4,\"when\":\"BEFORE\"}");
        }
    },
    RECEIPTS_FIRST_AND_TWICE {
        @Override void strike(Scene s) throws Exception { provide(s, "{\"kind\":\"RECEIPT\",\"rate\":0.5,\"early\":true,\"copies\":2}"); }
    },
    HUNG_UP_ON {
        @Override void strike(Scene s) throws Exception {
            provide(s, "{\"kind\":\"DISCONNECT\",\"rate\":0.05,\"times\":2,\"when\":\"AFTER\"}", "{\"kind\":\"DISCONNECT\",\"rate\":0.05,\"times\":2,\"when\":\"BEFORE\"}",
                "{\"kind\":\"MAIL_DISCONNECT\",\"rate\":0.2,\"times\":2,\"when\":\"BODY\"}");
        }
    },
    /** The application clock of all nodes moves forward (REL-51). */
    CLOCK_JUMPS {
        @Override void strike(Scene s) { s.jump(Duration.ofSeconds(20 + s.random().nextInt(200))); }
    },
    /** It moves back: what was sent stays sent (REL-51). */
    CLOCK_JUMPS_BACK {
        @Override void strike(Scene s) { s.jump(Duration.ofSeconds(-20 - s.random().nextInt(100))); }
    };

    private static final List<String> FULL = List.of("message", "message_event", "attempt", "attempt_outcome", "business_event", "planned_notification");

    abstract void strike(Scene scene) throws Exception;

    private static void crash(Scene s, String signal) throws Exception {
        s.fleet().postgres().crash(signal);
        s.last(Duration.ofMillis(500 + s.random().nextInt(4_000)));
        s.fleet().postgres().again();
    }

    private static void afflict(Scene s, List<FaultProxy> links, Toxic toxic, Duration lasts, boolean reset) throws IOException, InterruptedException {
        for (FaultProxy link : links) {
            link.afflict(toxic);
        }
        try {
            s.last(lasts);
        } finally {
            for (FaultProxy link : links) {
                link.heal(reset);
            }
        }
    }

    private static void provide(Scene s, String... faults) throws InterruptedException {
        for (String fault : faults) {
            s.fleet().simulator().faults().add(Fault.of(Json.createReader(new java.io.StringReader(fault)).readObject()));
        }
        s.last(s.shortly());
        s.fleet().simulator().faults().clear();
    }

    private static void again(Runnable work) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                work.run();
                return;
            } catch (JdbiException e) {
                if (tries > 50) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    /** Where a trouble happens. */
    record Scene(Fleet fleet, Oracle oracle, Choice choice, Random random) {

        Fleet.Berth berth() { return fleet.berth(random.nextInt(fleet.berths().size())); }

        Duration shortly() { return Duration.ofMillis(2_000 + random.nextInt(5_000)); }

        void last(Duration time) throws InterruptedException { Thread.sleep(time.toMillis()); }

        void jump(Duration by) { fleet.jump(oracle, by); }
    }
}
