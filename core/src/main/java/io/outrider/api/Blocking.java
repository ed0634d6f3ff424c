package io.outrider.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a contract, or on the whole contract: the call is expected to wait, so it runs on a thread of its own from
 * the start instead of on the dispatcher. Without it such a call is found out after a few milliseconds, and the dispatcher's
 * work is taken over by another thread.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Blocking {}
