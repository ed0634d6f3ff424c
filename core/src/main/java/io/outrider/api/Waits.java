package io.outrider.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a contract that waits for what others do, such as one that takes from a queue: the setting {@code callTimeout} does not
 * bound it. The call ends with its outcome, with its worker, when its client is closed, by an interrupt, or by a time limit that is given for
 * it or its object ({@code within}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Waits {}
