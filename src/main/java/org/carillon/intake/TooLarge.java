package org.carillon.intake;

/** A body above {@link BodyLimit#BYTES}. */
class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
