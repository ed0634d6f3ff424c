/**
 * The caller's side of what a manager makes: the JDK's interfaces over the ports. Proxies hold nothing but their stub,
 * so they travel.
 */
@NullMarked
package io.outrider.manager.proxy;

import org.jspecify.annotations.NullMarked;
