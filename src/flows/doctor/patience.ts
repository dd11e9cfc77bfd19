/** Ends the wait for an answer that does not come. */
import { AppError } from '../../core/errors.ts';

/**
 * What `work` resolves to, or UPSTREAM with `silent` after `patience` milliseconds; the signal tells it that nobody waits
 * any more.
 */
export async function withPatience<T>(
  patience: number,
  silent: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new AppError('UPSTREAM', silent, {
          hint: 'Check that this machine may reach it (proxy, firewall) and try again.',
        }),
      );
      end.abort();
    }, patience);
  });
  try {
    return await Promise.race([work(end.signal), silence]);
  } finally {
    clearTimeout(timer);
  }
}
