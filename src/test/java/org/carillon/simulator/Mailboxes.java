package org.carillon.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** All mailboxes, in the order of arrival. Safe for several threads. */
public final class Mailboxes {

    private final List<Mail> all = new ArrayList<>();
    private final AtomicLong count = new AtomicLong();

    long nextNumber() { return count.incrementAndGet(); }

    synchronized void receive(Mail mail) { all.add(mail); }

    /** What was handed over for that address, oldest first. */
    public List<Mail> receivedBy(String address) { return find(mail -> mail.isTo(address)); }

    public synchronized List<Mail> find(Predicate<Mail> wanted) { return all.stream().filter(wanted).toList(); }

    /** How many mails there are. */
    public synchronized int count() { return all.size(); }

    public synchronized void clear() { all.clear(); }
}
