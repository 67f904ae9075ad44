package org.carillon.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.carillon.shop.Scope;
import org.jdbi.v3.core.Jdbi;

/** All that is known of one customer, for themselves to read (LAW-21): as JSON, by sections, each a list of rows. */
@ApplicationScoped
public class SubjectFile {

    private final Jdbi jdbi;

    protected SubjectFile() { this(null); }

    @Inject
    public SubjectFile(Jdbi jdbi) { this.jdbi = jdbi; }

    /** One statement, so that all sections are of one moment. Empty for a customer outside of the scope; of other locations nothing is in it (SEC-13). */
    public Optional<String> json(Scope scope, long id) {
        return jdbi.withHandle(h -> h.createQuery("select jsonb_build_object("
                + section("customer", "select c.ref, c.source, c.name, c.first_name \"firstName\", c.last_name \"lastName\", c.language, l.name \"location\", c.sms_consent \"smsConsent\", c.email_consent \"emailConsent\", "
                    + "c.marketing_consent \"marketingConsent\", c.attributes, c.created_at \"createdAt\", c.erased_at \"erasedAt\" from location l where l.id = c.location_id") + ", "
                + section("phones", "select raw \"number\", e164, sms_able \"takesSms\", problem from customer_phone where customer_id = c.id order by position") + ", "
                + section("emails", "select raw \"address\", problem from customer_email where customer_id = c.id order by position") + ", "
                + section("vehicles", "select ref, make, model, year, vin, plate from vehicle where customer_id = c.id order by id") + ", "
                + section("orders", "select o.ref, l.name \"location\", o.kind, o.status, o.object_label \"object\", o.reference, o.total, o.due_at \"dueAt\", o.opened_at \"openedAt\", o.closed_at \"closedAt\", o.lines "
                    + "from work_order o join location l on l.id = o.location_id where o.customer_id = c.id and (:all or o.location_id = any(:locations)) order by o.id") + ", "
                + section("leads", "select d.ref, l.name \"location\", d.status, d.object_label \"object\", d.note, d.created_at \"createdAt\" from lead d join location l on l.id = d.location_id where d.customer_id = c.id and (:all or d.location_id = any(:locations)) order by d.id") + ", "
                + section("appointments", "select a.ref, l.name \"location\", a.status, a.start_at \"startAt\", a.end_at \"endAt\", a.booked_at \"createdAt\", a.object_label \"object\", a.note, a.attributes "
                    + "from appointment a join location l on l.id = a.location_id where a.customer_id = c.id and (:all or a.location_id = any(:locations)) order by a.id") + ", "
                + section("sales", "select s.ref, l.name \"location\", s.vehicle_make \"make\", s.vehicle_model \"model\", s.vehicle_year \"year\", s.vehicle_condition \"condition\", s.delivered_on \"deliveredOn\" "
                    + "from sale s join location l on l.id = s.location_id where s.customer_id = c.id and (:all or s.location_id = any(:locations)) order by s.id") + ", "
                + section("consents", "select purpose, granted, at, until, how, basis, wording, language, actor, source, actor_ip \"ip\", recorded_at \"recordedAt\" from consent_event where customer_id = c.id order by at, id") + ", "
                + section("stops", "select s.channel, s.address, s.scope, s.reason, s.at, s.released_at \"releasedAt\" from suppression s where s.channel = 'SMS' and s.address in (select e164 from customer_phone where customer_id = c.id) "
                    + "or s.channel = 'EMAIL' and s.address in (select lower(address) from customer_email where customer_id = c.id) order by s.id") + ", "
                + section("messages", "select m.channel, m.purpose, m.recipient \"to\", m.sender \"from\", m.subject_line \"subject\", m.text, m.state, m.reason, m.created_at \"createdAt\", m.accepted_at \"sentAt\", "
                    + "m.delivered_at \"deliveredAt\", (select string_agg(r.kind, ',' order by r.id) from mail_return r where r.message_id = m.id) \"returned\" from message_now m where m.customer_id = c.id and (:all or m.location_id = any(:locations)) order by m.id") + ", "
                + section("written", "select route, sender \"from\", recipient \"to\", text, received_at \"receivedAt\", reading from inbound_message i where " + InboundList.THEIRS + " and (:all or location_id = any(:locations)) order by id") + ", "
                + section("planned", "select p.channel, a.name \"automation\", p.state, p.reason, p.due_at \"dueAt\" from planned_notification p left join automation a on a.id = p.automation_id where p.customer_id = c.id and p.state <> 'RELEASED' and (:all or p.location_id = any(:locations)) order by p.id") + ", "
                + section("events", "select type, at, actor, data from business_event where customer_id = c.id and (:all or location_id = any(:locations)) order by id")
                + ")::text from customer c where c.id = :id and " + CustomerList.VISIBLE)
            .bind("id", id).bind("all", scope.all()).bind("locations", scope.ids()).mapTo(String.class).findOne());
    }

    private static String section(String name, String rows) { return "'" + name + "', coalesce((select jsonb_agg(to_jsonb(x)) from (" + rows + ") x), '[]')"; }
}
