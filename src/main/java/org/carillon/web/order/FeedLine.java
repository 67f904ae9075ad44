package org.carillon.web.order;

/**
 * One line of an order's feed, in words.
 *
 * @param day     heading above it, null where the day goes on
 * @param ahead   still to come: dashed
 * @param look    colour of the mark, empty for a plain event
 * @param chip    the state in a word, empty for none
 * @param reason  why, by whom, or when again
 * @param message id of the message to open, null where there is none
 */
public record FeedLine(String day, boolean ahead, String look, String icon, String title, String chip, String time, String reason, String subjectLine, String text,
                       Long message, boolean duplicate) { }
