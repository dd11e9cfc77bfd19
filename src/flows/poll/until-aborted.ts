/** Reads what a source delivers, and lets go of the source when the poll is stopped, whether it listens or not. */

/** How long a source may take to end by itself, in milliseconds. */
export const GRACE = 5_000;

/**
 * The same items. When `signal` is aborted and the source has not ended `grace` milliseconds later, its reason is
 * thrown and the source is left alone. What goes wrong in a source's cleaning up hides no error before it.
 */
export async function* untilAborted<T>(
  items: AsyncIterable<T>,
  signal: AbortSignal,
  grace: number,
): AsyncGenerator<T, void, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orAborted(iterator.next(), signal, grace);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    const cleaned = Promise.resolve(iterator.return?.()).catch(() => undefined);
    await orAborted(cleaned, AbortSignal.abort(), grace).catch(() => undefined);
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal, grace: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const giveUp = () => {
      timer = setTimeout(() => reject(signal.reason), grace);
    };
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp);
    work.finally(end).then(resolve, reject);
  });
}
