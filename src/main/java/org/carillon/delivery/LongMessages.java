package org.carillon.delivery;

/** How a text of several segments crosses to the provider (MSG-05). */
public enum LongMessages {
    /** One submit a segment, joined by a header in its text. */
    UDH,
    /** One submit a segment, joined by parameters beside its text: {@code sar_msg_ref_num}, {@code sar_total_segments}, {@code sar_segment_seqnum}. */
    SAR,
    /** The whole text in one submit; the provider cuts it. It counts, and costs, its segments all the same. */
    PAYLOAD
}
