package io.outrider.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a contract, or on the whole contract: a caller that is interrupted waits for the outcome all the same,
 * and has its interrupt status when the call returns. For short calls whose caller must know whether they have run.
 * Without it an interrupt ends the wait with {@link io.outrider.error.CallInterruptedException}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Uninterruptible {}
