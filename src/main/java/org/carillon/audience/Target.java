package org.carillon.audience;

import java.util.List;
import java.util.Optional;
import org.carillon.fact.Asked;
import org.carillon.fact.Category;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;

/** What a message of an audience is about. */
sealed interface Target {

    /** Each object that meets the rules. */
    record Objects(Category category) implements Target { }

    /** The one object of a customer that gives an aggregate its value (A-15d). */
    record Giver(Asked.Extreme aggregate) implements Target { }

    /** The person: the rules name no object that a message could be about, or only how many there are. */
    record Person() implements Target { }

    /** The stated category, else the first one that the rules name and that a message can be about. */
    static Target of(Audience audience, FieldCatalogue catalogue) {
        List<Asked> asked = audience.comparisons().map(c -> catalogue.asked(c.field())).map(Field::asked).toList();
        Optional<Category> category = asked.stream().map(Asked::category).filter(c -> !c.isCustomer() && c.subject() != null)
            .filter(c -> audience.target() == null || c.code().equals(audience.target())).findFirst();
        if (category.isEmpty()) {
            return new Person();
        }
        List<Asked> own = asked.stream().filter(a -> a.category().equals(category.get())).toList();
        if (own.stream().anyMatch(a -> a instanceof Asked.Own)) {
            return new Objects(category.get());
        }
        return own.stream().filter(a -> a instanceof Asked.Extreme).findFirst().<Target>map(a -> new Giver((Asked.Extreme) a)).orElseGet(Person::new);
    }
}
