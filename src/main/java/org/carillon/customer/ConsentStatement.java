package org.carillon.customer;

import java.time.Instant;

/**
 * What somebody says a person has allowed or withdrawn.
 *
 * @param sms       null = nothing said; likewise the others
 * @param at        when the person said so, null = now
 * @param how       FORM, ORAL, REPLY, IMPORT, API or STAFF
 * @param basis     what it rests on, in the source's words
 * @param wording   the text that the person agreed to, where known
 * @param ip        where it was entered, empty where unknown
 */
public record ConsentStatement(Boolean sms, Boolean email, Boolean marketing, Instant at, String how, String basis, String wording, String ip) {

    Boolean says(ConsentPurpose purpose) {
        return switch (purpose) { case SMS -> sms; case EMAIL -> email; case MARKETING -> marketing; };
    }
}
