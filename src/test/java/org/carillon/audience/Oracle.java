package org.carillon.audience;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.carillon.fact.SearchText;

/** The meaning of audiences by brute force over objects in memory: slow, simple, and written from A-01 to A-15e without a look at the SQL. */
final class Oracle {

    private final World world;
    private final Audience audience;
    private final Moment moment;

    Oracle(World world, Audience audience, Moment moment) {
        this.world = world;
        this.audience = audience;
        this.moment = moment;
    }

    private static String category(Comparison c) { return c.field().substring(0, c.field().indexOf('.')); }

    private static String attribute(Comparison c) { return c.field().substring(c.field().indexOf('.') + 1); }

    private static final Set<String> AGGREGATES = Set.of("repair_order_opened.last_time", "repair_order_opened.times", "repair_order_opened.open_count", "repair_order_closed.last_time",
        "work_order.last_time", "work_order.times", "appointment.next_one", "appointment.last_one", "appointment.last_time");

    private static boolean own(Comparison c) { return !AGGREGATES.contains(c.field()); }

    private List<World.Thing> of(World.Person person, String category) {
        return world.things.stream().filter(t -> t.customer() == person.id()).filter(t -> switch (category) {
            case "repair_order_opened", "work_order" -> t.table().equals("work_order") && "WORK_ORDER".equals(t.value("kind"));
            case "repair_order_closed" -> t.table().equals("work_order") && "WORK_ORDER".equals(t.value("kind")) && t.value("closed") != null;
            case "message_received" -> t.table().equals("inbound_message");
            case "message_sent" -> t.table().equals("message") && t.value("at") != null;
            default -> t.table().equals(category);
        }).toList();
    }

    /** As "type id", with the customer where no object is meant. */
    Set<String> matches() {
        Set<String> found = new TreeSet<>();
        Optional<String> target = audience.comparisons().map(Oracle::category).filter(c -> !c.equals("customer") && !c.startsWith("message_"))
            .filter(c -> audience.target() == null || c.equals(audience.target())).findFirst();
        for (World.Person person : world.people) {
            if (person.erased()) {
                continue;
            }
            boolean objects = target.isPresent() && audience.comparisons().anyMatch(c -> category(c).equals(target.get()) && own(c));
            List<World.Thing> candidates = !objects ? Arrays.asList((World.Thing) null) : of(person, target.get()).isEmpty() ? Arrays.asList((World.Thing) null) : of(person, target.get());
            for (World.Thing candidate : candidates) {
                if (assigned(person, objects ? target.get() : "", candidate)) {
                    World.Thing about = objects ? candidate : target.flatMap(t -> giver(person, t)).orElse(null);
                    found.add(about == null ? "CUSTOMER " + person.id() : Map.of("work_order", "ORDER", "appointment", "APPOINTMENT", "sale", "SALE").get(about.table()) + " " + about.id());
                }
            }
        }
        return found;
    }

    private Optional<World.Thing> giver(World.Person person, String target) {
        return audience.comparisons().filter(c -> category(c).equals(target) && !List.of("times", "open_count").contains(attribute(c))).findFirst().flatMap(c -> extreme(person, c));
    }

    /** Any choice of one object, or none, of each further category under which all groups hold. */
    private boolean assigned(World.Person person, String target, World.Thing candidate) {
        List<String> others = audience.comparisons().filter(Oracle::own).map(Oracle::category).filter(c -> !c.equals("customer") && !c.equals(target)).distinct().toList();
        Map<String, World.Thing> chosen = new LinkedHashMap<>();
        chosen.put(target, candidate);
        return choose(person, others, chosen);
    }

    private boolean choose(World.Person person, List<String> others, Map<String, World.Thing> chosen) {
        if (others.isEmpty()) {
            return audience.groups().stream().allMatch(g -> g.stream().anyMatch(c -> holds(person, c, chosen)));
        }
        List<World.Thing> options = new ArrayList<>(of(person, others.get(0)));
        options.add(null);
        for (World.Thing option : options) {
            Map<String, World.Thing> next = new LinkedHashMap<>(chosen);
            next.put(others.get(0), option);
            if (choose(person, others.subList(1, others.size()), next)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(World.Person person, Comparison c, Map<String, World.Thing> chosen) {
        if (category(c).equals("customer")) {
            return attribute(c).startsWith("meta_") ? own(c, person.own().get(attribute(c).substring(5)), world.place(person.location())) : attribute(c).equals("group") ? member(person, c)
                : attribute(c).equals("name") ? text(c, List.of(Objects.toString(person.name(), ""))) : phone(c, person.phone());
        }
        if (!own(c)) {
            return aggregate(person, c);
        }
        World.Thing thing = chosen.get(category(c));
        if (thing == null) {
            return false;
        }
        LocalDays place = world.place(thing.location() == null ? person.location() : thing.location());
        return switch (attribute(c)) {
            case "status", "ro_status", "ro_status_code" -> text(c, status(thing));
            case "reference", "text" -> text(c, List.of((String) thing.value(attribute(c))));
            case "meta_club", "meta_note", "meta_points", "meta_contract" -> own(c, thing.value(attribute(c)), place);
            case "automation" -> text(c, List.of(Objects.toString(thing.value("automation"), "")));
            case "vehicle_model" -> text(c, List.of((String) thing.value("model")));
            case "user_reference" -> text(c, List.of((String) thing.value("userReference")));
            case "vehicle_make" -> text(c, List.of((String) thing.value("make")));
            case "vehicle_condition" -> text(c, List.of(Objects.toString(thing.value("condition"), "")));
            case "customer_sale" -> amount(c, (BigDecimal) thing.value("customerSale"));
            case "warranty_sale" -> amount(c, (BigDecimal) thing.value("warrantySale"));
            case "happened_at" -> time(c, thing.value("opened"), place);
            case "created_at" -> time(c, thing.value("booked"), place);
            case "next", "date", "time_relative" -> time(c, thing.value(thing.value("at") != null ? "at" : "start"), place);
            case "vehicle_delivery_date" -> time(c, thing.value("delivered"), place);
            default -> throw new IllegalArgumentException(c.field());
        };
    }

    private boolean own(Comparison c, Object value, LocalDays place) {
        return switch (attribute(c)) {
            case "meta_points" -> amount(c, (BigDecimal) value);
            case "meta_contract" -> time(c, value, place);
            default -> text(c, List.of(Objects.toString(value, "")));
        };
    }

    /** B-18: who is put in or meets the rules, without those kept out. */
    private boolean member(World.Person person, Comparison c) {
        String ref = ((Value.Text) c.value()).text();
        String rules = World.GROUPS.get(ref);
        boolean in = !world.members.contains(ref + " OUT " + person.id())
            && (world.members.contains(ref + " IN " + person.id()) || !rules.isEmpty() && new Oracle(world, AudienceJson.parse(rules, null, world.catalogue), moment).meant().contains(person.id()));
        return in == (c.operator() == Operator.IS);
    }

    private Set<Long> meant() {
        Map<String, Long> owners = new LinkedHashMap<>();
        world.things.forEach(t -> owners.put(t.table() + " " + t.id(), t.customer()));
        Map<String, String> tables = Map.of("ORDER", "work_order", "APPOINTMENT", "appointment", "SALE", "sale");
        Set<Long> meant = new TreeSet<>();
        for (String found : matches()) {
            String[] one = found.split(" ");
            meant.add(one[0].equals("CUSTOMER") ? Long.valueOf(one[1]) : owners.get(tables.get(one[0]) + " " + one[1]));
        }
        return meant;
    }

    private static List<String> status(World.Thing thing) {
        return thing.table().equals("work_order") ? List.of((String) thing.value("status"), (String) thing.value("code"))
            : "CANCELLED".equals(thing.value("status")) ? List.of("CANCELLED", "CANCELED") : List.of((String) thing.value("status"));
    }

    private static boolean text(Comparison c, List<String> values) {
        String wanted = c.value() instanceof Value.Text text ? SearchText.of(text.text()) : "";
        Predicate<String> is = v -> !v.isEmpty() && SearchText.of(v).equals(wanted);
        Predicate<String> contains = v -> !v.isEmpty() && SearchText.of(v).contains(wanted);
        return switch (c.operator()) {
            case IS -> values.stream().anyMatch(is);
            case IS_NOT -> values.stream().noneMatch(is);
            case CONTAINS -> values.stream().anyMatch(contains);
            case DOES_NOT_CONTAIN -> values.stream().noneMatch(contains);
            case IS_UNKNOWN -> values.stream().allMatch(String::isBlank);
            default -> throw new IllegalArgumentException(c.toString());
        };
    }

    /** By digits, with the country's one or without, and whatever is dialled before it from abroad. */
    private static boolean phone(Comparison c, String number) {
        String digits = c.value() instanceof Value.Text text ? text.text().replace("(0)", "").replaceAll("\\D", "") : "";
        String bare = digits.startsWith("00") && digits.length() > 7 ? digits.substring(2) : digits;
        String known = Objects.toString(number, "").replaceAll("\\D", "");
        boolean is = !digits.isEmpty() && (known.equals(bare) || known.equals("1" + bare));
        boolean contains = !digits.isEmpty() && (known.contains(digits) || known.contains(bare));
        return switch (c.operator()) { case IS -> is; case IS_NOT -> !is; case CONTAINS -> contains; case DOES_NOT_CONTAIN -> !contains; case IS_UNKNOWN -> number == null; default -> throw new IllegalArgumentException(c.toString()); };
    }

    private static boolean amount(Comparison c, BigDecimal value) {
        if (c.operator() == Operator.IS_UNKNOWN) {
            return value == null;
        }
        return value != null && compared(c.operator(), value.compareTo(((Value.Amount) c.value()).amount()));
    }

    private static boolean compared(Operator operator, int sign) {
        return switch (operator) {
            case EQUAL -> sign == 0;
            case MORE_OR_EQUAL -> sign >= 0;
            case LESS_OR_EQUAL -> sign <= 0;
            case MORE_THAN -> sign > 0;
            case LESS_THAN -> sign < 0;
            default -> throw new IllegalArgumentException(operator.toString());
        };
    }

    private boolean aggregate(World.Person person, Comparison c) {
        if (attribute(c).equals("times") || attribute(c).equals("open_count")) {
            long count = of(person, category(c)).stream().filter(t -> attribute(c).equals("times") || List.of("OPEN", "READY").contains(t.value("group"))).count();
            return amount(c, BigDecimal.valueOf(count));
        }
        Optional<World.Thing> thing = extreme(person, c);
        if (c.value() instanceof Value.None) {
            return thing.isPresent() == (c.operator() == Operator.EXISTS);
        }
        return thing.filter(t -> time(c, instant(c, t), world.place(t.location()))).isPresent();
    }

    private static Instant instant(Comparison c, World.Thing t) {
        return (Instant) t.value(switch (category(c)) { case "appointment" -> "start"; case "work_order" -> "last"; case "repair_order_closed" -> "closed"; default -> "opened"; });
    }

    private Optional<World.Thing> extreme(World.Person person, Comparison c) {
        Stream<World.Thing> things = of(person, category(c)).stream();
        if (category(c).equals("appointment")) {
            boolean next = attribute(c).equals("next_one");
            things = things.filter(t -> !"CANCELLED".equals(t.value("status")) && instant(c, t).isAfter(moment.now()) == next);
            if (next) {
                return things.min(Comparator.comparing((World.Thing t) -> instant(c, t)).thenComparing(World.Thing::id));
            }
        }
        return things.max(Comparator.comparing((World.Thing t) -> instant(c, t)).thenComparing(World.Thing::id));
    }

    private boolean time(Comparison c, Object value, LocalDays place) {
        if (c.operator() == Operator.IS_UNKNOWN) {
            return value == null;
        }
        if (value == null) {
            return false;
        }
        if (c.value() instanceof Value.MinutesAgo minutes) {
            return minutes(c.operator(), minutes.minutes(), (Instant) value);
        }
        LocalDate today = moment.now().atZone(place.calendar().zone()).toLocalDate();
        LocalDate day = value instanceof LocalDate date ? date : ((Instant) value).atZone(place.calendar().zone()).toLocalDate();
        if (c.value() instanceof Value.InDays in) {
            long ahead = day.toEpochDay() - today.toEpochDay();
            return c.operator() == Operator.IN ? ahead == in.days() : ahead > in.days();
        }
        if (c.value() instanceof Value.InOpenDays in) {
            // as many open days lie between today and the day as are asked for, without the last: it may be the day, or come after it
            long between = day.isAfter(today) ? today.plusDays(1).datesUntil(day).filter(place::opensOn).count() : -1;
            return place.opensOn(today) && (in.days() == 0 ? day.equals(today) : day.isAfter(today) && between == in.days() - 1);
        }
        if (c.value() instanceof Value.DaysAgo ago) {
            long behind = today.toEpochDay() - day.toEpochDay();
            return switch (c.operator()) {
                case EXACTLY -> behind == ago.days();
                case LESS_OR_EQUAL -> behind >= 0 && behind <= ago.days();
                case MORE_THAN -> behind > ago.days();
                default -> throw new IllegalArgumentException(c.toString());
            };
        }
        return openDays(c.operator(), ((Value.OpenDaysAgo) c.value()).days(), day, today, place);
    }

    /** How many open days lie after a day, up to today: the closed days after an open one are as old as it is. */
    private static boolean openDays(Operator operator, int wanted, LocalDate day, LocalDate today, LocalDays place) {
        if (day.isAfter(today) || !place.opensOn(today) && operator != Operator.MORE_THAN) {
            return false;
        }
        int age = 0;
        for (LocalDate d = day.plusDays(1); !d.isAfter(today); d = d.plusDays(1)) {
            age += place.opensOn(d) ? 1 : 0;
        }
        // counted from a closed day, the day itself is the one that is zero open days ago
        age += place.opensOn(today) || day.equals(today) ? 0 : 1;
        return switch (operator) {
            case EXACTLY -> age == wanted;
            case LESS_OR_EQUAL -> age <= wanted;
            case MORE_THAN -> age > wanted;
            default -> throw new IllegalArgumentException(operator.toString());
        };
    }

    /** with a last run, whether it held at some moment after it, up to now; now itself is asked in any case. */
    private boolean minutes(Operator operator, int minutes, Instant value) {
        boolean now = moment.since() == null || moment.since().equals(moment.now());
        Duration length = Duration.ofMinutes(minutes);
        boolean came = !value.isAfter(moment.now());
        Instant enters = value.plus(length);
        return switch (operator) {
            case LESS_THAN, LESS_OR_EQUAL -> came && (now ? operator == Operator.LESS_THAN ? moment.now().isBefore(enters) : !moment.now().isAfter(enters)
                // before it stops to hold at enters, there is a moment after the last run
                : moment.since().isBefore(enters));
            case MORE_THAN -> enters.isBefore(moment.now());
            case MORE_OR_EQUAL -> !enters.isAfter(moment.now());
            default -> throw new IllegalArgumentException(operator.toString());
        };
    }

    static Collection<String> sorted(Collection<String> matches) { return new TreeSet<>(matches); }
}
