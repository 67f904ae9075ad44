package org.carillon.delivery;

/** Where the mailbox of returns hands in what came; {@code conversation} acts on it. */
public interface Postbag {

    /** Returns only after the commit; throws where it could not be stored, and then the letter stays in the mailbox. The same letter twice does no harm. */
    void receive(Returned returned);
}
