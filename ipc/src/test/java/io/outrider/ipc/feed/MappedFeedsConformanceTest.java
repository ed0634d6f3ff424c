package io.outrider.ipc.feed;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.config.WaitStrategy;
import io.outrider.testkit.FeedConformance;
import io.outrider.testkit.TestLink;

final class MappedFeedsConformanceTest extends FeedConformance {
    @Override
    protected Feed create(final FeedOptions options) {
        return MappedFeeds.create("camera", TestLink.newDirectory(), options, WaitStrategy.ADAPTIVE);
    }
}
