package io.outrider.launcher.streams;

import io.outrider.api.RemoteStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;

/** Yields what publishers publish, and takes publishers. */
public interface Springs {
    /** How many values a publisher that gets stuck gives before that. */
    int STUCK_AFTER = 16;

    Flow.Publisher<Integer> published(int count, Published.Ending ending, boolean onThreadOfItsOwn);

    Flow.Publisher<byte[]> weights(int count, int bytes);

    Flow.Publisher<Integer> submitted(int count);

    /** Who asks for more than the first values is held until {@link #goOn}. */
    Flow.Publisher<Integer> stuck();

    void goOn();

    long asked();

    int cancelled();

    int refused();

    List<Integer> read(Flow.Publisher<Integer> values, int atMost);

    int plus(int a, int b);

    /** In the worker. */
    final class Well implements Springs {
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile Published<?> last;

        private <T> Published<T> made(Published<T> publisher) {
            last = publisher;
            return publisher;
        }

        @Override
        public Flow.Publisher<Integer> published(int count, Published.Ending ending, boolean onThreadOfItsOwn) {
            return made(new Published<>(i -> i, count, ending, onThreadOfItsOwn));
        }

        @Override
        public Flow.Publisher<byte[]> weights(int count, int bytes) {
            return made(new Published<>(i -> new byte[bytes], count, Published.Ending.COMPLETE, false));
        }

        @Override
        public Flow.Publisher<Integer> submitted(int count) {
            return submitting(count);
        }

        @Override
        public Flow.Publisher<Integer> stuck() {
            return stuckAfter(STUCK_AFTER, goOn);
        }

        @Override
        public void goOn() {
            goOn.countDown();
        }

        @Override
        public long asked() {
            return last.asked();
        }

        @Override
        public int cancelled() {
            return last.cancelled();
        }

        @Override
        public int refused() {
            return last.refused();
        }

        @Override
        public List<Integer> read(Flow.Publisher<Integer> values, int atMost) {
            RemoteStream<Integer> stream = (RemoteStream<Integer>) values;
            List<Integer> read = new ArrayList<>();
            while (read.size() < atMost && stream.hasNext()) {
                read.add(stream.next());
            }
            return read;
        }

        @Override
        public int plus(int a, int b) {
            return a + b;
        }
    }

    /** The JDK's publisher, given its values by a thread that waits while there is no room. */
    static Flow.Publisher<Integer> submitting(int count) {
        SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(Runnable::run, 8);
        return subscriber -> {
            publisher.subscribe(subscriber);
            new Thread(() -> {
                        for (int i = 0; i < count; i++) {
                            publisher.submit(i);
                        }
                        publisher.close();
                    })
                    .start();
        };
    }

    /** Gives so many values, and holds who asks for the one more until it may go on. */
    static Flow.Publisher<Integer> stuckAfter(int count, CountDownLatch goOn) {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private int next;

            @Override
            public void request(long n) {
                long left = n;
                for (; left > 0 && next < count; left--) {
                    subscriber.onNext(next++);
                }
                if (left > 0 && next == count) {
                    await(goOn);
                    subscriber.onNext(next++);
                    subscriber.onComplete();
                }
            }

            @Override
            public void cancel() {}
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("held for too long");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
