package org.carillon.audience;

import java.io.Serializable;
import java.util.List;

/**
 * Why a customer is meant, or is not: each rule with its answer, about the object that comes nearest (law 5).
 *
 * @param silent what matches was recorded without messages, so that a message about it reaches nobody (src/adr/0039); a group means the customer all the same
 * @param groups in the order of the audience's
 */
public record Explanation(boolean matched, boolean silent, List<List<Answer>> groups) implements Serializable {

    /**
     * @param actual    what the field says of what the reader may see, empty where it says nothing; instants in ISO with the offset of the customer's location
     * @param elsewhere what the reader may not see counted too
     */
    public record Answer(String field, String operator, boolean answer, String actual, boolean elsewhere) implements Serializable { }
}
