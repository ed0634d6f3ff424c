package io.outrider.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class its own contract, for objects that have no interface: what can be called from outside are the public methods with
 * this annotation, and all public ones that a class with this annotation declares. What an ancestor or an interface exposes
 * stays exposed, also where a subclass overrides it. Properties are exposed by their getters and setters.
 *
 * <p>The stub is a subclass, made without running a constructor: its fields mean nothing, and methods that are not exposed throw
 * {@link io.outrider.error.CallRejectedException}. So neither the class nor any of its methods may be final.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Expose {}
