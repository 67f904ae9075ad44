package org.carillon.web.token;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.fact.ApplicationClock;
import org.carillon.fact.Invalid;
import org.carillon.shop.ApiToken;
import org.carillon.shop.ApiToken.Access;
import org.carillon.shop.ApiTokens;
import org.carillon.shop.Place;
import org.carillon.shop.Places;
import org.carillon.shop.Scope;
import org.carillon.shop.TokenDesk;
import org.carillon.web.Current;
import org.carillon.web.Notices;
import org.carillon.web.Panels;
import org.primefaces.PrimeFaces;

/** Tokens of shop systems: issue (shown once) and revoke. */
@Named("tokenList") @ViewScoped
public class ListPage implements Serializable {

    /** What is being typed. */
    public static class Form implements Serializable {
        private String source;
        private Access access = Access.WRITE;
        private boolean everywhere = true;
        private List<Long> locations = new ArrayList<>();
        private LocalDate expires;

        public String getSource() { return source; }
        public void setSource(String source) { this.source = source; }
        public Access getAccess() { return access; }
        public void setAccess(Access access) { this.access = access; }
        public boolean isEverywhere() { return everywhere; }
        public void setEverywhere(boolean everywhere) { this.everywhere = everywhere; }
        public List<Long> getLocations() { return locations; }
        public void setLocations(List<Long> locations) { this.locations = locations; }
        public LocalDate getExpires() { return expires; }
        public void setExpires(LocalDate expires) { this.expires = expires; }
        Scope scope() { return everywhere ? Scope.everything() : Scope.of(locations == null ? Set.of() : Set.copyOf(locations)); }
    }

    /** @param places names of its locations; null for all */
    public record Row(ApiToken token, ApiToken.State state, String places) { }

    @Inject private ApiTokens tokens;
    @Inject private TokenDesk desk;
    @Inject private Places places;
    @Inject private ApplicationClock clock;
    @Inject private Current current;
    @Inject private Notices notices;
    private Form form = new Form();
    private String secret;

    public List<Row> getTokens() {
        Instant now = clock.now();
        List<Place> all = getPlaces();
        return tokens.all().stream().map(token -> new Row(token, token.state(now), token.scope().all() ? null
            : all.stream().filter(place -> token.scope().allows(place.id())).map(Place::name).collect(Collectors.joining(", ")))).toList();
    }

    public void start() {
        form = new Form();
        secret = null;
        Panels.clear("edit");
    }

    public void issue() {
        try {
            secret = desk.issue(form.source, form.access, form.scope(),
                form.expires == null ? null : form.expires.plusDays(1).atStartOfDay(current.getZone()).toInstant(), current.person().orElseThrow(), clock.now());
            PrimeFaces.current().executeScript("PF('panel').hide();PF('secret').show()");
        } catch (Invalid refusal) {
            notices.refuse("edit", refusal);
        }
    }

    public void revoke(ApiToken token) {
        desk.revoke(token.id(), clock.now());
        notices.done("token", "list.revoked", token.source());
    }

    public boolean isMayIssue() { return current.getRole().issuesTokens(); }

    public List<Place> getPlaces() { return places.in(Scope.everything()); }
    public Form getForm() { return form; }
    public String getSecret() { return secret; }
}
