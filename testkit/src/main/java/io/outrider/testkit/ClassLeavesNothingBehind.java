package io.outrider.testkit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Like {@link LeavesNothingBehind}, for a class whose tests share workers: compares what is there after the last test, and
 * after what the class itself cleans up, with what was there before the first.
 */
public final class ClassLeavesNothingBehind implements BeforeAllCallback, AfterAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ClassLeavesNothingBehind.class);

    /** For JUnit. */
    public ClassLeavesNothingBehind() {}

    @Override
    public void beforeAll(final ExtensionContext context) {
        context.getStore(NAMESPACE).put(LeavesNothingBehind.Traces.class, LeavesNothingBehind.Traces.now());
    }

    @Override
    public void afterAll(final ExtensionContext context) {
        LeavesNothingBehind.check(
                context.getDisplayName(),
                context.getStore(NAMESPACE).remove(LeavesNothingBehind.Traces.class, LeavesNothingBehind.Traces.class));
    }
}
