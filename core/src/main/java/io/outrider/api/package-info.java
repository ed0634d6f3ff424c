/** What users hold: executors, objects, tasks and the annotations of a contract. */
@NullMarked
package io.outrider.api;

import org.jspecify.annotations.NullMarked;
