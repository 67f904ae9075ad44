package org.carillon.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.carillon.fact.Invalid;
import org.carillon.shop.Company.Offers;
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
            row.getString("postal_address"), row.getString("default_language"), row.getString("stop_scope"), offers(row), row.getInt("version"))).findOne()).orElse(Company.UNNAMED);
    }

    private static Offers offers(ResultSet row) throws SQLException {
        String hours = row.getString("offer_hours");
        return new Offers(row.getString("offer_contact"), row.getString("stop_number"), hours.isEmpty() ? null : OpeningHours.parse(hours), row.getInt("cap_offers_day"),
            row.getInt("cap_offers_month"), row.getInt("cap_answers_day"), row.getBoolean("implied_consent"), row.getInt("max_segments"), row.getInt("max_segments_offers"));
    }

    /** @throws Invalid when the name is missing, a cap is out of reason, or when {@code entry} is older than what is stored */
    public void describe(Company entry) {
        if (entry.name() == null || entry.name().isBlank()) {
            throw new Invalid("name", "company.name");
        }
        Offers offers = entry.offers();
        within("aDay", offers.aDay(), 100);
        within("aMonth", offers.aMonth(), 1_000);
        within("answersADay", offers.answersADay(), 100);
        within("segments", offers.segments(), 10);
        within("offerSegments", offers.offerSegments(), 10);
        if (!text(offers.stopNumber()).matches("|\\+?[0-9 ]{3,20}")) {
            throw new Invalid("stopNumber", "company.stopNumber", offers.stopNumber());
        }
        int written = jdbi.withHandle(h -> h.createUpdate("insert into company (name, postal_address, default_language, stop_scope, offer_contact, stop_number, offer_hours, "
                + "cap_offers_day, cap_offers_month, cap_answers_day, implied_consent, max_segments, max_segments_offers) values (:name, :address, :language, :stops, :contact, :stopNumber, :hours, :day, :month, :answers, :implied, :segments, :offerSegments) "
                + "on conflict (one) do update set name = :name, postal_address = :address, default_language = :language, stop_scope = :stops, offer_contact = :contact, "
                + "stop_number = :stopNumber, offer_hours = :hours, cap_offers_day = :day, cap_offers_month = :month, cap_answers_day = :answers, implied_consent = :implied, max_segments = :segments, max_segments_offers = :offerSegments, "
                + "version = company.version + 1 where company.version = :version")
            .bind("name", entry.name().strip()).bind("address", text(entry.postalAddress()))
            .bind("language", entry.language()).bind("stops", entry.stopScope()).bind("contact", text(offers.contact())).bind("stopNumber", text(offers.stopNumber()))
            .bind("hours", offers.hours() == null ? "" : offers.hours().json()).bind("day", offers.aDay()).bind("month", offers.aMonth()).bind("answers", offers.answersADay())
            .bind("implied", offers.impliedConsent()).bind("segments", offers.segments()).bind("offerSegments", offers.offerSegments()).bind("version", entry.version()).execute());
        if (written == 0) {
            throw new Invalid(null, "conflict");
        }
    }

    private static String text(String given) { return given == null ? "" : given.strip(); }

    private static void within(String field, int given, int most) {
        if (given < 1 || given > most) {
            throw new Invalid(field, "company.cap", 1, most);
        }
    }
}
