package org.carillon.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All handsets: what they received and what was written on them, in the order of arrival. Safe for several threads. */
public final class Phones {

    private static final int PATIENCE_FOR_PARTS = 2_000;

    private final List<Sms> all = new ArrayList<>();
    private long count;

    /** A part arrived: it completes a text or begins one. */
    synchronized Sms receive(SmsPart part) {
        if (part.concatRef() >= 0) {
            for (int i = all.size() - 1; i >= Math.max(0, all.size() - PATIENCE_FOR_PARTS); i--) {
                if (all.get(i).awaits(part)) {
                    all.set(i, all.get(i).with(part));
                    return all.get(i);
                }
            }
        }
        Sms sms = Sms.first(++count, part);
        all.add(sms);
        return sms;
    }

    synchronized Sms receiveWhole(SmsPart part, int segments) {
        Sms sms = Sms.whole(++count, part, segments);
        all.add(sms);
        return sms;
    }

    synchronized Sms write(String from, String to, String text, int segments, Instant at) {
        Sms sms = Sms.written(++count, from, to, text, segments, at);
        all.add(sms);
        return sms;
    }

    /** What the shop sent to that number (any way of writing it), oldest first. */
    public List<Sms> receivedBy(String number) { return find(sms -> sms.fromShop() && digits(sms.to()).equals(digits(number))); }

    /** What arrived after the text with that number, oldest first. */
    public synchronized List<Sms> after(long number) { return find(sms -> sms.number() > number); }

    public synchronized List<Sms> find(Predicate<Sms> wanted) { return all.stream().filter(wanted).toList(); }

    /** How many texts there are. */
    public synchronized int count() { return all.size(); }

    public synchronized void clear() { all.clear(); }

    static String digits(String number) { return number.replaceAll("[^0-9]", ""); }
}
