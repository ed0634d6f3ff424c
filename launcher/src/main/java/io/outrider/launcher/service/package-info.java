/** What every executor offers beyond objects and tasks, in terms of those: methods, futures as tasks, and the forms of the JDK. */
@NullMarked
package io.outrider.launcher.service;

import org.jspecify.annotations.NullMarked;
