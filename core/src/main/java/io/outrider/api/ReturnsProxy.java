package io.outrider.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a contract: what it returns stays in the worker, and the caller gets a stub of it. Without it the result is
 * copied. The method's return type is the contract of the result. Who calls the method inside the worker gets the object itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ReturnsProxy {
    /**
     * How many calls may run in the result at once.
     *
     * @return 1 for one at a time
     */
    int concurrency() default 1;
}
