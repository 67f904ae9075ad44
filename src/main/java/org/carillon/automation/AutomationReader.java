package org.carillon.automation;

import java.util.function.Consumer;
import org.carillon.fact.Invalid;
import org.carillon.shop.Scope;

/** Reads an automation with an audience from JSON, as REST takes it; declared here for the pages, which do not see REST. */
public interface AutomationReader {

    /**
     * A new draft, whatever state the text names. What is wrong with one property is told and the property left out, so that all is told at once; with a
     * text that is no JSON object nothing else can be.
     *
     * @param wrong is told each refusal, by the property's path; whether the draft is any good then is the caller's to say
     */
    AudienceDraft read(Scope scope, String json, Consumer<Invalid> wrong);
}
