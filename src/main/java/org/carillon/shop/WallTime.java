package org.carillon.shop;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * From what a clock on the wall shows to the instant that is meant (REL-45). A time that the clock skips means the instant of the change, not
 * java.time's shift by the length of the gap; a time that comes twice means its first coming.
 */
public final class WallTime {

    private WallTime() { }

    public static Instant at(LocalDateTime local, ZoneId zone) { return first(local, zone); }

    /** The opening edge of a window: the later coming, so that a window never grows. */
    static Instant opening(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        return offsets.size() == 2 ? local.toInstant(offsets.get(1)) : first(local, zone);
    }

    /** The closing edge of a window: the earlier coming. */
    static Instant closing(LocalDateTime local, ZoneId zone) { return first(local, zone); }

    private static Instant first(LocalDateTime local, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = zone.getRules().getTransition(local);
            return gap.getInstant();
        }
        return local.toInstant(offsets.get(0));
    }
}
