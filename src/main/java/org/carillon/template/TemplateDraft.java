package org.carillon.template;

import java.util.Map;
import org.carillon.fact.Purpose;

/** A template as a form states it; translations by language ({@code fr}, {@code en}). */
public record TemplateDraft(Long id, Integer version, String name, Purpose purpose, Map<String, Translation> translations) { }
