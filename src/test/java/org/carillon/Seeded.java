package org.carillon;

import java.util.Random;
import java.util.function.Consumer;

/** Random cases that can be run again: the seed comes from {@code -Dcarillon.seed}, is fixed otherwise, and stands in every failure. */
public final class Seeded {

    private static final long SEED = Long.getLong("carillon.seed", 20261122L);

    private Seeded() { }

    /** Runs the check on {@code cases} generators, each with a seed of its own; {@code -Dcarillon.cases} asks for more. */
    public static void run(int cases, Consumer<Random> check) {
        int count = Math.max(cases, Integer.getInteger("carillon.cases", 0));
        System.out.println("seed " + SEED + ", " + count + " cases");
        for (int i = 0; i < count; i++) {
            try {
                check.accept(new Random(SEED + i));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("case " + i + ", run it alone with -Dcarillon.seed=" + (SEED + i) + ": " + e.getMessage(), e);
            }
        }
    }

    public static <T> T oneOf(Random random, java.util.List<T> choices) { return choices.get(random.nextInt(choices.size())); }
}
