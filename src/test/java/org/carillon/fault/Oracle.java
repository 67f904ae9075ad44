package org.carillon.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.carillon.simulator.SubmitLog;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What really happened, in tables of their own beside the application's: what was acknowledged, what the provider was given, when the clock jumped and
 * when a fault bent the times. Every message of a run has a recipient of its own, by which both sides meet.
 */
final class Oracle {

    private final Jdbi owner;
    private final Path log;
    private long read;

    Oracle(Jdbi owner, Path log) {
        this.owner = owner;
        this.log = log;
    }

    /** Makes the tables. */
    Oracle open() {
        owner.useHandle(h -> h.createScript("""
            create schema fault;
            create table fault.accepted (recipient text primary key, location_id bigint not null, channel text not null, certain boolean not null);
            create table fault.submit (n bigint generated always as identity primary key, at timestamptz not null, app_at timestamptz not null, protocol text not null,
              recipient text not null, ref text not null, part int not null, answer int not null);
            create index submit_by_recipient on fault.submit (recipient, at);
            create index submit_by_time on fault.submit (protocol, at);
            create table fault.jump (at timestamptz not null, offset_ms bigint not null);
            create table fault.rough (from_at timestamptz not null, to_at timestamptz not null);
            """).execute());
        return this;
    }

    /** In the transaction that makes the messages: what its commit acknowledges. */
    static void accepted(Handle h, Collection<String> recipients, long location, String channel) {
        PreparedBatch batch = h.prepareBatch("insert into fault.accepted values (?, ?, ?, true) on conflict (recipient) do update set certain = true");
        recipients.forEach(recipient -> batch.add(recipient, location, channel));
        batch.execute();
    }

    /** Asked of the REST interface; certain once it answered 2xx. */
    void asked(Collection<String> recipients, long location, boolean certain) {
        owner.useTransaction(h -> {
            PreparedBatch batch = h.prepareBatch("insert into fault.accepted values (?, ?, 'SMS', ?) on conflict (recipient) do update set certain = excluded.certain");
            recipients.forEach(recipient -> batch.add(recipient, location, certain));
            batch.execute();
        });
    }

    /** The clock is about to be moved, or was: the offset that holds from this instant on. */
    void jumped(Instant at, long offsetMillis) { owner.useHandle(h -> h.execute("insert into fault.jump values (?, ?)", Timestamp.from(at), offsetMillis)); }

    /** A fault bent the pace between these instants: the rate is not judged there. */
    void rough(Instant from, Instant to) { owner.useHandle(h -> h.execute("insert into fault.rough values (?, ?)", Timestamp.from(from), Timestamp.from(to))); }

    /** Takes the new lines of the simulator's log; answers how many. */
    int read() throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        List<SubmitLog.Line> lines = lines();
        store(lines);
        return lines.size();
    }

    void store(List<SubmitLog.Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        owner.useTransaction(h -> {
            PreparedBatch batch = h.prepareBatch("insert into fault.submit (at, app_at, protocol, recipient, ref, part, answer) values (:at, :at::timestamptz + "
                + "coalesce((select offset_ms from fault.jump where at <= :at::timestamptz order by at desc limit 1), 0) * interval '1 ms', :protocol, :recipient, :ref, :part, :answer)");
            lines.forEach(line -> batch.bind("at", Timestamp.from(line.at())).bind("protocol", line.protocol()).bind("recipient", recipient(line)).bind("ref", line.reference().replaceAll("[<>]", ""))
                .bind("part", line.part()).bind("answer", line.answer()).add());
            batch.execute();
        });
    }

    private static String recipient(SubmitLog.Line line) { return line.protocol().equals("SMTP") ? line.destination() : "+" + line.destination().replace("+", ""); }

    private List<SubmitLog.Line> lines() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] rest = new byte[(int) (file.length() - read)];
            file.seek(read);
            file.readFully(rest);
            String text = new String(rest, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            return text.substring(0, end).lines().map(SubmitLog.Line::read).toList();
        }
    }
}
