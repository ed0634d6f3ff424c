package io.outrider.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a contract, or on the class of a task: to run it twice does no harm. If its worker dies meanwhile it may be run again elsewhere,
 * where there is an elsewhere: another worker for a task, and for a call the object that was made again. Nothing else is ever run twice.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {}
