/** What a poll that could not start is to a script, and the exit code of several. */
import { AppError, describeError } from '../core/errors.ts';
import type { SourceSettings } from '../core/settings.ts';
import type { PollResult } from '../flows/poll/types.ts';
import { EXIT } from './shell.ts';

/** A source whose poll threw, beside others that went well: nothing came in, and why. */
export function failedPoll(source: SourceSettings, now: number, error: unknown): PollResult {
  const at = new Date(now).toISOString();
  const { code, message, hint } =
    error instanceof AppError ? error : { code: 'INTERNAL', message: describeError(error), hint: undefined };
  return {
    source: source.name,
    kind: source.kind,
    status: 'failed',
    startedAt: at,
    endedAt: at,
    window: null,
    batches: [],
    requests: {
      sent: 0,
      failed: 0,
      cost: '0',
      currency: 'USD',
      today: { sent: 0, cost: '0', budget: source.requestsPerDay ?? null },
    },
    totals: [],
    byService: [],
    byDay: [],
    watermark: null,
    history: { from: null, wanted: null, complete: false },
    restated: [],
    reconciliation: { days: 0, ok: true },
    evidence: 0,
    warnings: [],
    error: { code, message, hint: hint ?? null },
  };
}

/** 0 all are done; 3 some or parts of one; 1 all failed; 2 all failed by what is configured. */
export function pollExitCode(results: readonly PollResult[]): number {
  const failed = results.filter(({ status }) => status === 'failed');
  if (results.every(({ status }) => status === 'done')) return EXIT.done;
  if (failed.length < results.length) return EXIT.partly;
  const wrong = failed.every(({ error }) => error?.code === 'CONFIG' || error?.code === 'INVALID');
  return wrong ? EXIT.usage : EXIT.failed;
}
