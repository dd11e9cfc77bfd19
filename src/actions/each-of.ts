/** One action that takes several calls: all are tried, and what was not done is said with what was. */
import { AppError } from '../core/errors.ts';

/**
 * Calls `change` for each, one after the other. A lost answer does not keep the others from being asked; a refusal
 * does, as it would meet them all. Throws the first error; `uncertain` when anything may have been changed.
 */
export async function eachOf<T>(
  items: readonly T[],
  what: string,
  change: (item: T) => Promise<void>,
): Promise<void> {
  let done = 0;
  let first: AppError | undefined;
  for (const item of items) {
    try {
      await change(item);
      done += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      first ??= error;
      if (!error.uncertain) break;
    }
  }
  if (!first) return;
  if (done === 0) throw first;
  throw new AppError(
    first.code,
    `${done} of ${items.length} ${what} were changed; of another: ${first.message}`,
    {
      ...(first.hint !== undefined && { hint: first.hint }),
      uncertain: true,
    },
  );
}
