package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.carillon.fact.Invalid;
import org.jdbi.v3.core.Jdbi;

/** Who the company is: its name, the address that e-mails must carry, and the language of last resort. */
@ApplicationScoped @Transactional
public class CompanyDesk {

    private final Jdbi jdbi;

    protected CompanyDesk() { this(null); }

    @Inject
    public CompanyDesk(Jdbi jdbi) { this.jdbi = jdbi; }

    public Company company() {
        return jdbi.withHandle(h -> h.createQuery("select * from company").map((row, ctx) -> new Company(row.getString("name"),
            row.getString("postal_address"), row.getString("default_language"), row.getString("stop_scope"), row.getInt("version"))).findOne()).orElse(Company.UNNAMED);
    }

    /** @throws Invalid when the name is missing, or when {@code entry} is older than what is stored */
    public void describe(Company entry) {
        if (entry.name() == null || entry.name().isBlank()) {
            throw new Invalid("name", "company.name");
        }
        int written = jdbi.withHandle(h -> h.createUpdate("insert into company (name, postal_address, default_language, stop_scope) values (:name, :address, :language, :stops) "
                + "on conflict (one) do update set name = :name, postal_address = :address, default_language = :language, stop_scope = :stops, version = company.version + 1 "
                + "where company.version = :version")
            .bind("name", entry.name().strip()).bind("address", entry.postalAddress() == null ? "" : entry.postalAddress().strip())
            .bind("language", entry.language()).bind("stops", entry.stopScope()).bind("version", entry.version()).execute());
        if (written == 0) {
            throw new Invalid(null, "conflict");
        }
    }
}
