/** What a source may use of the outside, for tests: counted requests, hardly any waiting, a fixed clock. */
import { AppError } from '../../../src/core/errors.ts';
import type { Access, FetchRequest } from '../../../src/sources/types.ts';
import { createRandom } from './random.ts';

export interface TestAccess extends Access {
  readonly counts: { sent: number; failed: number };
  readonly lines: { message: string; facts: unknown }[];
}

export function testAccess(
  variables: Readonly<Record<string, string>>,
  options: { now?: string; budget?: number; signal?: AbortSignal } = {},
): TestAccess {
  const counts = { sent: 0, failed: 0 };
  const lines: { message: string; facts: unknown }[] = [];
  const now = Date.parse(options.now ?? '2026-11-21T09:00:00Z');
  return {
    counts,
    lines,
    variable: (name) => variables[name],
    meter: {
      async request() {
        if (counts.sent >= (options.budget ?? Infinity))
          throw new AppError('LIMIT', 'The request budget is used up.');
        counts.sent += 1;
      },
      failed() {
        counts.failed += 1;
      },
      left: () => (options.budget ?? Infinity) - counts.sent,
    },
    signal: options.signal ?? new AbortController().signal,
    now: () => now,
    random: createRandom(7),
    pace: 0.01,
    log: (message, facts) => void lines.push({ message, facts }),
  };
}

/** A fetch of these days; complete are those up to two days before today. */
export function testRequest(
  access: Access,
  window: { start: string; end: string },
  more: Partial<FetchRequest> = {},
): FetchRequest {
  const today = new Date(access.now()).toISOString().slice(0, 10);
  const complete = new Date(access.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  return { ...access, window, today, completeThrough: complete, newest: true, ...more };
}
