package org.carillon.delivery;

/** A message that a route cannot carry at all: nothing is written. */
public final class Refused extends Exception {

    private final transient Submission submission;

    public Refused(Verdict verdict, String detail) {
        super(detail);
        submission = new Submission(verdict, "", null, detail);
    }

    public Submission submission() { return submission; }
}
