package org.carillon.intake;

import org.carillon.shop.ApiToken.Access;

/** A line of a batch that needs more than the token allows. */
class Forbidden extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final Access needed;

    Forbidden(Access needed) { this.needed = needed; }

    Access needed() { return needed; }
}
