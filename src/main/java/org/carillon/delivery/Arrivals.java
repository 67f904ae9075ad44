package org.carillon.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.carillon.fact.Reason;
import org.jdbi.v3.core.Handle;

/** Outcomes into the database (T7 to T11), fenced by the claim number: what lost its message is only written down as late (T20). */
final class Arrivals {

    /**
     * What a batch of answers says of the route.
     *
     * @param accepted   submits that the provider took
     * @param retryAfter the longest time that it asked to be left alone; zero where it did not
     */
    record Summary(int accepted, boolean throttled, boolean fault, String detail, Duration retryAfter) {

        static final Summary NONE = new Summary(0, false, false, "", Duration.ZERO);
    }

    private record Answer(Flight flight, int partNo, Submission submission) {

        long messageId() { return flight.message().messageId(); }

        int claimSeq() { return flight.message().claimSeq(); }
    }

    private record Fence(int claimSeq, MessageState state, String cancelRequested) { }

    private static final Logger LOG = System.getLogger(Arrivals.class.getName());

    private Arrivals() { }

    static Summary record(Handle h, Node.Life owner, String route, List<Flight> landed, Instant now, Deadlines deadlines, BadAddresses badAddresses) {
        if (landed.isEmpty()) {
            return Summary.NONE;
        }
        Summary summary = summary(landed);
        List<Flight> plain = landed.stream().filter(Arrivals::plain).toList();
        // all locks in one order: where some take the long way, all are had before the first is written
        Map<Long, Fence> fences = plain.size() < landed.size() ? lock(h, landed) : Map.of();
        Set<Long> taken = plain.isEmpty() ? Set.of() : accept(h, owner, route, plain, now, deadlines);
        List<Flight> others = landed.stream().filter(f -> !(plain(f) && taken.contains(f.message().messageId()))).toList();
        if (!others.isEmpty()) {
            recordOthers(h, owner, route, others, fences.isEmpty() ? lock(h, others) : fences, now, deadlines, badAddresses);
        }
        return summary;
    }

    /** Taken by the provider, in one piece, and no attempt before it whose outcome was unknown: nothing to judge. */
    private static boolean plain(Flight flight) {
        return flight.message().parts() == 1 && !flight.message().doubted() && verdicts(flight).equals(List.of(Verdict.ACCEPTED));
    }

    /** T7 in one statement, fenced by the locked row; nearly all there is to do. Answers those that were still ours. */
    private static Set<Long> accept(Handle h, Node.Life owner, String route, List<Flight> plain, Instant now, Deadlines deadlines) {
        List<Answer> answers = answers(plain);
        Set<Long> mine = new HashSet<>();
        List<Long> early = new ArrayList<>();
        h.createQuery("""
            with t as (select * from unnest(:ids, :seqs, :codes, :providers, :details) as t(id, seq, code, provider, detail)),
              mine as (select d.message_id from message_due d join t on t.id = d.message_id and t.seq = d.claim_seq where d.message_id = any(:ids) and d.state = 'SENDING' order by d.message_id for update of d),
              o as (insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, code, provider_id, detail, ended_at)
                select t.id, 1, t.seq, :route, 'ACCEPTED', t.code, t.provider, t.detail, :now::timestamptz from t join mine on mine.message_id = t.id on conflict do nothing),
              gone as (delete from message_due d using mine where d.message_id = mine.message_id),
              settled as (update message m set state = 'ACCEPTED', reason = null, accepted_at = :now::timestamptz from mine where m.id = mine.message_id),
              e as (insert into message_event (message_id, from_state, to_state, actor, at) select message_id, 'SENDING', 'ACCEPTED', :actor, :now from mine)
            select mine.message_id, array(select r.id from receipt r where r.provider_id = t.provider and r.route = :route and r.message_id is null)
              from mine join t on t.id = mine.message_id""")
            .bind("ids", Columns.longs(answers, Answer::messageId)).bind("seqs", Columns.integers(answers, Answer::claimSeq))
            .bind("codes", Columns.texts(answers, a -> clean(a.submission().code()))).bind("providers", Columns.texts(answers, a -> providerId(a.submission())))
            .bind("details", Columns.texts(answers, a -> clean(a.submission().detail()))).bind("route", route).bind("actor", owner.actor()).bind("now", now)
            .map((r, c) -> Map.entry(r.getLong(1), List.of((Long[]) r.getArray(2).getArray()))).forEach(row -> {
                mine.add(row.getKey());
                early.addAll(row.getValue());
            });
        Receipts.match(h, early, now, deadlines);
        return mine;
    }

    private static void recordOthers(Handle h, Node.Life owner, String route, List<Flight> landed, Map<Long, Fence> fences, Instant now, Deadlines deadlines, BadAddresses badAddresses) {
        List<Flight> mine = landed.stream().filter(f -> owns(fences.get(f.message().messageId()), f)).toList();
        List<Flight> late = landed.stream().filter(f -> !mine.contains(f)).toList();
        List<Answer> answers = answers(mine);
        List<Long> early = write(h, route, answers, now);
        judge(h, owner, route, mine, fences, now, deadlines);
        lateAnswers(h, owner, route, answers(late), now);
        Receipts.match(h, early, now, deadlines);
        Receipts.learnt(h, mine.stream().map(Flight::message).filter(m -> m.parts() > 1 || m.doubted()).map(Claimed::messageId).toList(), now);
        answers.stream().filter(a -> a.submission().verdict() == Verdict.BAD_ADDRESS).forEach(a -> badAddresses.refused(h, a.flight().message(), route, now));
        answers.stream().filter(a -> a.submission().verdict() == Verdict.OPTED_OUT).forEach(a -> badAddresses.optedOut(h, a.flight().message(), route, now));
    }

    private static Map<Long, Fence> lock(Handle h, List<Flight> landed) {
        Map<Long, Fence> fences = new HashMap<>();
        h.createQuery("select message_id, claim_seq, state, cancel_requested from message_due where message_id = any(:ids) order by message_id for update")
            .bind("ids", Columns.longs(landed, f -> f.message().messageId()))
            .map((r, c) -> Map.entry(r.getLong(1), new Fence(r.getInt(2), MessageState.valueOf(r.getString(3)), r.getString(4))))
            .forEach(e -> fences.put(e.getKey(), e.getValue()));
        return fences;
    }

    private static boolean owns(Fence fence, Flight flight) {
        return fence != null && fence.claimSeq() == flight.message().claimSeq() && fence.state() == MessageState.SENDING;
    }

    private static List<Answer> answers(List<Flight> flights) {
        List<Answer> answers = new ArrayList<>();
        flights.forEach(f -> f.answers().forEach((part, submission) -> answers.add(new Answer(f, part, submission))));
        return answers;
    }

    /** Answers the receipts that came before these outcomes. */
    private static List<Long> write(Handle h, String route, List<Answer> answers, Instant now) {
        if (answers.isEmpty()) {
            return List.of();
        }
        List<Long> early = h.createQuery("""
            with o as (insert into attempt_outcome (message_id, part_no, claim_seq, route, verdict, code, provider_id, detail, user_ref, ended_at)
              select id, part, seq, :route, verdict, code, provider, detail, ref, :now::timestamptz
                from unnest(:ids, :parts, :seqs, :verdicts, :codes, :providers, :details, :refs) as t(id, part, seq, verdict, code, provider, detail, ref)
              on conflict do nothing returning provider_id, route)
            select r.id from receipt r join o on o.provider_id = r.provider_id and o.route = r.route where r.message_id is null""")
            .bind("route", route).bind("now", now)
            .bind("ids", Columns.longs(answers, Answer::messageId)).bind("parts", Columns.integers(answers, Answer::partNo))
            .bind("seqs", Columns.integers(answers, Answer::claimSeq)).bind("verdicts", Columns.texts(answers, a -> a.submission().verdict()))
            .bind("codes", Columns.texts(answers, a -> clean(a.submission().code()))).bind("providers", Columns.texts(answers, a -> providerId(a.submission())))
            .bind("details", Columns.texts(answers, a -> clean(a.submission().detail())))
            .bind("refs", Columns.integers(answers, a -> a.submission().verdict() == Verdict.UNKNOWN ? a.flight().userRef(a.partNo()) : null)).mapTo(Long.class).list();
        List<Answer> parts = answers.stream().filter(a -> a.flight().message().parts() > 1 && partState(a.submission().verdict()) != null).toList();
        if (!parts.isEmpty()) {
            h.createUpdate("update message_part p set state = t.state from unnest(:ids, :parts, :states) as t(id, part, state) "
                + "where p.message_id = t.id and p.part_no = t.part")
                .bind("ids", Columns.longs(parts, Answer::messageId)).bind("parts", Columns.integers(parts, Answer::partNo))
                .bind("states", Columns.texts(parts, a -> partState(a.submission().verdict()))).execute();
        }
        return early;
    }

    private static void judge(Handle h, Node.Life owner, String route, List<Flight> mine, Map<Long, Fence> fences, Instant now, Deadlines deadlines) {
        List<Ledger.Settled> settled = new ArrayList<>();
        List<Ledger.Moved> moved = new ArrayList<>();
        List<Ledger.Settled> cancelled = new ArrayList<>();
        Map<Long, Integer> vague = vague(h, mine);
        for (Flight flight : mine) {
            long id = flight.message().messageId();
            Judgement judgement = Judgement.of(flight.message(), verdicts(flight), vague.getOrDefault(id, 0), now, deadlines.grace(), ThreadLocalRandom.current());
            if (judgement.alarm()) {
                LOG.log(Level.WARNING, "message " + id + " failed on route " + route + " after " + (flight.message().attempts() + 1) + " attempts: "
                    + flight.answers().values().stream().filter(no -> no.verdict() != Verdict.ACCEPTED).map(no -> clean(no.code())).distinct().collect(Collectors.joining(", ")));
            }
            if (judgement.next() == null) {
                settled.add(new Ledger.Settled(id, judgement.to(), judgement.reason()));
                continue;
            }
            moved.add(new Ledger.Moved(id, judgement.to(), judgement.next(), judgement.counted(), 0, judgement.reason()));
            if (fences.get(id).cancelRequested() != null) {
                cancelled.add(new Ledger.Settled(id, MessageState.CANCELLED, Reason.valueOf(fences.get(id).cancelRequested())));
            }
        }
        Ledger.settle(h, settled, owner.actor(), now);
        Ledger.move(h, moved, owner.actor(), now);
        Ledger.settle(h, cancelled, owner.actor(), now);
    }

    private static List<Verdict> verdicts(Flight flight) { return flight.answers().values().stream().map(Submission::verdict).toList(); }

    /** How many attempts of each, with the one just written, were refused vaguely. Asked only about those of which it decides. */
    private static Map<Long, Integer> vague(Handle h, List<Flight> mine) {
        List<Flight> asked = mine.stream().filter(f -> Judgement.countsVague(f.message(), verdicts(f))).toList();
        return asked.isEmpty() ? Map.of() : h.createQuery("select message_id, count(distinct claim_seq) from attempt_outcome where message_id = any(:ids) and verdict = 'TEMPORARY_FEW' group by 1")
            .bind("ids", Columns.longs(asked, f -> f.message().messageId())).map((r, c) -> Map.entry(r.getLong(1), r.getInt(2))).list().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The same outcome may come twice, where the first commit's answer was lost: then it is recorded already and not late. */
    private static void lateAnswers(Handle h, Node.Life owner, String route, List<Answer> late, Instant now) {
        List<Long> taken = new ArrayList<>();
        for (Answer answer : late) {
            Submission submission = answer.submission();
            int written = h.createUpdate("""
                insert into late_outcome (message_id, part_no, claim_seq, node, epoch, route, verdict, code, provider_id, detail, at)
                select :message, :part, :seq, :node, :epoch, :route, :verdict, :code, :provider, :detail, :now::timestamptz
                 where not exists (select 1 from attempt_outcome where message_id = :message and part_no = :part and claim_seq = :seq and verdict = :verdict
                                     and provider_id is not distinct from :provider)""")
                .bind("message", answer.messageId()).bind("part", answer.partNo()).bind("seq", answer.claimSeq()).bind("node", owner.id())
                .bind("epoch", owner.epoch()).bind("route", route).bind("verdict", submission.verdict()).bind("code", clean(submission.code()))
                .bind("provider", providerId(submission)).bind("detail", clean(submission.detail())).bind("now", now).execute();
            if (written == 1 && submission.verdict() == Verdict.ACCEPTED) {
                taken.add(answer.messageId());
            }
        }
        Evidence.apply(h, taken.isEmpty() ? List.of() : Receipts.late(h, taken), "late:" + owner.id(), now);
    }

    private static Summary summary(List<Flight> landed) {
        int accepted = 0;
        boolean throttled = false;
        String fault = null;
        Duration retryAfter = Duration.ZERO;
        Set<String> full = new HashSet<>();
        for (Answer answer : answers(landed)) {
            Verdict verdict = answer.submission().verdict();
            if (verdict == Verdict.QUEUE_FULL) {
                full.add(answer.flight().message().recipient());
            }
            accepted += verdict == Verdict.ACCEPTED ? 1 : 0;
            throttled |= verdict == Verdict.THROTTLE;
            Duration asked = verdict == Verdict.THROTTLE ? answer.submission().retryAfter() : null;
            retryAfter = asked != null && asked.compareTo(retryAfter) > 0 ? asked : retryAfter;
            fault = verdict == Verdict.ROUTE_FAULT ? clean(answer.submission().code()) : fault;
        }
        // one number's full queue is its own; several at once, and hardly anything taken, are the route's
        return new Summary(accepted, throttled || full.size() > Math.max(1, accepted), fault != null, fault == null ? "" : fault, retryAfter);
    }

    private static String partState(Verdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> "ACCEPTED";
            case UNKNOWN -> "UNKNOWN";
            case PERMANENT, BAD_ADDRESS, BAD_SENDER, OPTED_OUT -> "FAILED";
            default -> null;
        };
    }

    private static String providerId(Submission submission) { return submission.providerId() == null ? null : clean(submission.providerId()); }

    /** A provider's words must never make a row impossible to store. */
    static String clean(String text) {
        String clean = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ").strip();
        return clean.length() > 200 ? clean.substring(0, 200) : clean;
    }
}
