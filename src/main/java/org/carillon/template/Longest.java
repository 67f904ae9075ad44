package org.carillon.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.carillon.fact.Purpose;
import org.jdbi.v3.core.Jdbi;

/** Longest SMS of each purpose, in segments: the company's choice (MSG-07). */
@ApplicationScoped
public class Longest {

    private final Jdbi jdbi;

    protected Longest() { this(null); }

    @Inject
    public Longest(Jdbi jdbi) { this.jdbi = jdbi; }

    public int of(Purpose purpose) {
        return jdbi.withHandle(h -> h.createQuery("select case :purpose when 'MARKETING' then max_segments_offers else max_segments end from company").bind("purpose", purpose)
            .mapTo(Integer.class).findOne()).orElse(purpose.maxSegments());
    }
}
