package org.carillon.intake;

import jakarta.enterprise.context.RequestScoped;
import org.carillon.fact.Actor;
import org.carillon.shop.Scope;
import org.carillon.shop.TokenIdentity;

/** Whose token came with this request. */
@RequestScoped
public class Caller {

    private TokenIdentity identity;
    private String address = "";

    void is(TokenIdentity identity, String address) {
        this.identity = identity;
        this.address = address;
    }

    public TokenIdentity identity() { return identity; }

    public Scope scope() { return identity.scope(); }

    /** Whose references are meant: they are unique per source. */
    public String source() { return identity.source(); }

    public Actor actor() { return identity.actor(); }

    /** Network address that the call came from; kept with consent. */
    public String address() { return address; }
}
