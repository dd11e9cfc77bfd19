/** Work that goes on after the acknowledgement: what fails is logged, and a stop waits for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../../core/log.ts';

export interface UnderWay {
  track(work: Promise<unknown>): void;
  /** Resolves when everything is done, after so many milliseconds at the latest. */
  finish(patience: number): Promise<void>;
}

export function createUnderWay(log: Logger): UnderWay {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      const watched = work
        .catch((error: unknown) => {
          log.error({ err: error }, 'A Teams request could not be handled');
        })
        .finally(() => running.delete(watched));
      running.add(watched);
    },
    async finish(patience) {
      const over = new AbortController();
      const { signal } = over;
      const enough = sleep(patience, true, { signal, ref: false }).catch(() => true);
      const settled = () => Promise.allSettled(running).then(() => false);
      // What is under way may begin more, such as the message with an answer that came too late.
      for (let late = false; running.size > 0 && !late; ) late = await Promise.race([settled(), enough]);
      over.abort();
    },
  };
}
