package org.carillon.shop;

import org.carillon.fact.Actor;
import org.carillon.shop.ApiToken.Access;

/** Who calls the REST interface, and what the token allows. */
public record TokenIdentity(long tokenId, String source, Access access, Scope scope) {

    public Actor actor() { return Actor.system(source); }

    public boolean may(Access needed) { return access.includes(needed); }
}
