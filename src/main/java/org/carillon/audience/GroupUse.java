package org.carillon.audience;

import java.util.List;

/** What above this package names groups in its rules. */
public interface GroupUse {

    /** Names of what would be left without the group. */
    List<String> of(String ref);
}
