package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.value.EnumSerializer;
import io.outrider.marshal.graph.value.Scalars;
import io.outrider.marshal.graph.wire.GraphInput;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The built-in types of {@code java.time}; its other calendars and clocks go by Java serialization. Stateless. */
public final class TimeTypes {
    private TimeTypes() {}

    static TypeGroup group() {
        return new TypeGroup(
                TimeTypes::all,
                List.of(
                        Duration.class,
                        Instant.class,
                        Period.class,
                        LocalDate.class,
                        LocalTime.class,
                        LocalDateTime.class,
                        ZoneOffset.class,
                        ZoneId.class,
                        OffsetTime.class,
                        OffsetDateTime.class,
                        ZonedDateTime.class,
                        Year.class,
                        YearMonth.class,
                        MonthDay.class,
                        DayOfWeek.class,
                        Month.class,
                        ChronoUnit.class,
                        TimeUnit.class));
    }

    private static void all(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(
                Duration.class,
                Scalars.<Duration>of(
                        (out, value) -> writeSeconds(out, value.getSeconds(), value.getNano()),
                        in -> Duration.ofSeconds(in.readVarLong(false), in.readVarInt(true))));
        table.accept(
                Instant.class,
                Scalars.<Instant>of(
                        (out, value) -> writeSeconds(out, value.getEpochSecond(), value.getNano()),
                        in -> Instant.ofEpochSecond(in.readVarLong(false), in.readVarInt(true))));
        table.accept(
                Period.class,
                Scalars.<Period>of(
                        (out, value) -> {
                            out.writeVarInt(value.getYears(), false);
                            out.writeVarInt(value.getMonths(), false);
                            out.writeVarInt(value.getDays(), false);
                        },
                        in -> Period.of(in.readVarInt(false), in.readVarInt(false), in.readVarInt(false))));
        table.accept(LocalDate.class, Scalars.of(TimeTypes::writeDate, TimeTypes::readDate));
        table.accept(LocalTime.class, Scalars.of(TimeTypes::writeTime, TimeTypes::readTime));
        table.accept(LocalDateTime.class, Scalars.of(TimeTypes::writeDateTime, TimeTypes::readDateTime));
        table.accept(ZoneOffset.class, Scalars.of(TimeTypes::writeOffset, TimeTypes::readOffset));
        table.accept(ZoneId.class, Scalars.text(ZoneId::getId, ZoneId::of));
        offsets(table);
        partial(table);
    }

    private static void offsets(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(
                OffsetTime.class,
                Scalars.<OffsetTime>of(
                        (out, value) -> {
                            writeTime(out, value.toLocalTime());
                            writeOffset(out, value.getOffset());
                        },
                        in -> OffsetTime.of(readTime(in), readOffset(in))));
        table.accept(
                OffsetDateTime.class,
                Scalars.<OffsetDateTime>of(
                        (out, value) -> {
                            writeDateTime(out, value.toLocalDateTime());
                            writeOffset(out, value.getOffset());
                        },
                        in -> OffsetDateTime.of(readDateTime(in), readOffset(in))));
        table.accept(
                ZonedDateTime.class,
                Scalars.<ZonedDateTime>of(
                        (out, value) -> {
                            writeDateTime(out, value.toLocalDateTime());
                            writeOffset(out, value.getOffset());
                            out.writeString(value.getZone().getId());
                        },
                        in -> ZonedDateTime.ofInstant(
                                readDateTime(in), readOffset(in), ZoneId.of(((GraphInput) in).readText()))));
    }

    private static void partial(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(
                Year.class,
                Scalars.<Year>of(
                        (out, value) -> out.writeVarInt(value.getValue(), false), in -> Year.of(in.readVarInt(false))));
        table.accept(
                YearMonth.class,
                Scalars.<YearMonth>of(
                        (out, value) -> {
                            out.writeVarInt(value.getYear(), false);
                            out.writeByte(value.getMonthValue());
                        },
                        in -> YearMonth.of(in.readVarInt(false), in.readByte())));
        table.accept(
                MonthDay.class,
                Scalars.<MonthDay>of(
                        (out, value) -> {
                            out.writeByte(value.getMonthValue());
                            out.writeByte(value.getDayOfMonth());
                        },
                        in -> MonthDay.of(in.readByte(), in.readByte())));
        table.accept(DayOfWeek.class, new EnumSerializer(DayOfWeek.class));
        table.accept(Month.class, new EnumSerializer(Month.class));
        table.accept(ChronoUnit.class, new EnumSerializer(ChronoUnit.class));
        table.accept(TimeUnit.class, new EnumSerializer(TimeUnit.class));
    }

    private static void writeSeconds(final Output output, final long seconds, final int nanos) {
        output.writeVarLong(seconds, false);
        output.writeVarInt(nanos, true);
    }

    private static void writeDate(final Output output, final LocalDate date) {
        output.writeVarLong(date.toEpochDay(), false);
    }

    private static LocalDate readDate(final Input input) {
        return LocalDate.ofEpochDay(input.readVarLong(false));
    }

    private static void writeTime(final Output output, final LocalTime time) {
        output.writeVarLong(time.toNanoOfDay(), true);
    }

    private static LocalTime readTime(final Input input) {
        return LocalTime.ofNanoOfDay(input.readVarLong(true));
    }

    private static void writeDateTime(final Output output, final LocalDateTime value) {
        writeDate(output, value.toLocalDate());
        writeTime(output, value.toLocalTime());
    }

    private static LocalDateTime readDateTime(final Input input) {
        return LocalDateTime.of(readDate(input), readTime(input));
    }

    private static void writeOffset(final Output output, final ZoneOffset offset) {
        output.writeVarInt(offset.getTotalSeconds(), false);
    }

    private static ZoneOffset readOffset(final Input input) {
        return ZoneOffset.ofTotalSeconds(input.readVarInt(false));
    }
}
