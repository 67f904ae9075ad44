package org.carillon.template;

import java.util.Map;
import org.carillon.fact.Actor;
import org.carillon.fact.Purpose;

/**
 * A template as a form states it; translations by language ({@code fr}, {@code en}).
 *
 * @param version   the one that the form showed, null where none was shown
 * @param author    who writes it, for its history
 * @param signature null leaves it as it is
 */
public record TemplateDraft(Long id, Integer version, String name, Purpose purpose, Map<String, Translation> translations, Actor author, Signature signature) {

    public TemplateDraft(Long id, Integer version, String name, Purpose purpose, Map<String, Translation> translations, Actor author) {
        this(id, version, name, purpose, translations, author, null);
    }

    /** The same as an offer, which it may be until somebody says that it is none. */
    TemplateDraft asOffer() { return new TemplateDraft(id, version, name, Purpose.MARKETING, translations, author, signature); }
}
