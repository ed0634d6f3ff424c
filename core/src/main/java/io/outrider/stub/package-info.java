/** Classes generated at run time from a contract: stubs that encode calls, and dispatchers that decode and invoke them. */
@NullMarked
package io.outrider.stub;

import org.jspecify.annotations.NullMarked;
