package org.carillon.web.order;

/**
 * One notification of an order or a lead and why it was sent, will be or was not, in words.
 *
 * @param look  colour of the mark
 * @param when  what calls for it
 * @param chip  the state in a word
 * @param why   the reason, a sentence
 * @param fix   label of the link to what would change it, with {@code href} below the context; null where there is none
 */
public record WhyLine(String look, String icon, String title, String when, String chip, String why, String warning, String fix, String href) { }
