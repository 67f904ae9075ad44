package org.carillon.web;

import java.util.Optional;

/** What people call what refusals and warnings name by its code. */
public interface Labels {

    /** Empty where it is no code of ours. */
    Optional<String> label(Object argument);
}
