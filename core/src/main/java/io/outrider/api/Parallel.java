package io.outrider.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a method that is run by {@link RemoteExecutor#runMethod(String, Object, Object...)}: where it may run. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Parallel {
    /**
     * The permission.
     *
     * @return the strongest that is permitted
     */
    Parallelization value();
}
