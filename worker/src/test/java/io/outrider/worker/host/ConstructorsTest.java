package io.outrider.worker.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.ContractException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The constructor that fits is found as a compiler would that knows only the classes of the arguments. */
class ConstructorsTest {
    @SuppressWarnings("unused") // found by reflection
    static class Many {
        Many() {}

        Many(int number) {}

        Many(Number number) {}

        Many(Object any) {}

        Many(String text, Object any) {}

        Many(Object any, String text) {}

        Many(Collection<?> values, boolean flag) {}

        private Many(List<?> values, boolean flag) {}

        Many(int[] values, long wide, Character c) {}
    }

    @SuppressWarnings("unused") // found by reflection
    static final class BoxedAndNot {
        BoxedAndNot(int number) {}

        BoxedAndNot(Integer number) {}
    }

    abstract static class Unfinished {}

    private static String found(Class<?> type, Object... arguments) {
        return Arrays.toString(Constructors.find(type, arguments).getParameterTypes());
    }

    @Test
    void theMostSpecificFits() {
        assertEquals("[]", found(Many.class));
        assertEquals("[int]", found(Many.class, 1));
        assertEquals("[class java.lang.Number]", found(Many.class, 1.5));
        assertEquals("[class java.lang.Object]", found(Many.class, "text"));
        assertEquals("[interface java.util.List, boolean]", found(Many.class, new ArrayList<>(), true), "private, too");
        assertEquals("[interface java.util.Collection, boolean]", found(Many.class, new java.util.HashSet<>(), true));
        assertEquals("[class [I, long, class java.lang.Character]", found(Many.class, new int[0], 5L, 'c'));
        assertEquals("[class [I, long, class java.lang.Character]", found(Many.class, null, 5L, null));
        assertEquals("[class java.lang.String, class java.lang.Object]", found(Many.class, "a", 1));
        assertEquals("[class java.lang.Number]", found(Many.class, (Object) null), "null fits no int");
    }

    @Test
    void whatFitsTwiceOrNotIsRefusedWithTheChoice() {
        ContractException twice = assertThrows(ContractException.class, () -> found(Many.class, "a", "b"));
        assertTrue(twice.getMessage().contains("more than one"), twice::getMessage);
        ContractException none = assertThrows(ContractException.class, () -> found(Many.class, 1, 2, 3));
        assertTrue(
                none.getMessage().contains("no constructor")
                        && none.getMessage().contains("java.lang.Integer, java.lang.Integer")
                        && none.getMessage().contains("Many(int[],long,java.lang.Character)"),
                none::getMessage);
        assertThrows(ContractException.class, () -> found(Many.class, null, null, 'c'), "null fits no long");
        assertThrows(ContractException.class, () -> found(Many.class, new int[0], 5, 'c'), "an Integer is no long");
        ContractException unfinished = assertThrows(ContractException.class, () -> found(Unfinished.class));
        assertTrue(unfinished.getMessage().contains("abstract"), unfinished::getMessage);
        assertThrows(ContractException.class, () -> found(Runnable.class));
    }

    @Test
    void aPrimitiveAndItsBox() {
        assertEquals("[class java.lang.Integer]", found(BoxedAndNot.class, (Object) null));
        String either = found(BoxedAndNot.class, 1);
        assertTrue(either.equals("[int]") || either.equals("[class java.lang.Integer]"), either);
    }
}
