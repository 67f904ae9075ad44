package org.carillon.intake;

/** What the address names is not there, or not there for this token: the same answer for both (SEC-13). */
class Absent extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final String what;
    private final String ref;

    /** @param what {@code customer}, {@code order} or {@code location} */
    Absent(String what, String ref) {
        super(what);
        this.what = what;
        this.ref = ref;
    }

    String what() { return what; }
    String ref() { return ref; }
}
