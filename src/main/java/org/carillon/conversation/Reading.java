package org.carillon.conversation;

/** What a text from a customer asks for, as far as a rule may decide it (LAW-11, LAW-12). */
public enum Reading {
    /** A word that stops messages, alone in the text. */
    OPT_OUT,
    /** CANCEL: it stops messages too, but may well have meant an appointment, so a person is told. */
    OPT_OUT_CANCEL,
    /** CANCEL about an appointment that they were just told of: that is cancelled, and no message stopped. */
    CANCEL_APPOINTMENT,
    OPT_IN,
    HELP,
    /** Anything else: for a person to read. */
    TEXT,
    /** For a person to read, soon: it sounds as if they wished no more messages. */
    TEXT_STOP;

    public boolean stops() { return this == OPT_OUT || this == OPT_OUT_CANCEL; }

    public boolean forPeople() { return this == OPT_OUT_CANCEL || this == CANCEL_APPOINTMENT || this == TEXT || this == TEXT_STOP; }
}
