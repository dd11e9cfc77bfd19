/** What a poll's result is to a person: nothing that is cut, unknown or wrong goes without a word. */
import { expect, test } from 'vitest';
import { pollExitCode } from '../../src/cli/poll-outcome.ts';
import { renderPolls } from '../../src/cli/poll-text.ts';
import type { PollResult } from '../../src/flows/poll/types.ts';

const RESULT: PollResult = {
  source: 'aws',
  kind: 'aws-cost-explorer',
  status: 'done',
  startedAt: '2026-11-21T09:00:00.000Z',
  endedAt: '2026-11-21T09:00:04.000Z',
  window: { start: '2026-11-16', end: '2026-11-21' },
  batches: [
    {
      start: '2026-11-16',
      end: '2026-11-21',
      origin: null,
      state: 'provisional',
      rows: 1210,
      unchanged: false,
    },
  ],
  requests: {
    sent: 8,
    failed: 2,
    cost: '0.06',
    currency: 'USD',
    today: { sent: 54, cost: '0.52', budget: 60 },
  },
  totals: [{ currency: 'USD', billedCost: '49523.704048', effectiveCost: null }],
  byService: Array.from({ length: 10 }, (_, index) => ({
    service: `Service ${index}\u001b[31m`,
    currency: 'USD',
    billedCost: String(1000 * (index + 1)),
    effectiveCost: null,
  })),
  byDay: [],
  watermark: '2026-11-19',
  history: { from: '2026-02-01', wanted: '2025-10-01', complete: false },
  restated: [
    {
      billingAccountId: '1',
      day: '2026-11-17',
      currency: 'USD',
      billedCost: { before: '10.5', after: '12' },
      effectiveCost: { before: null, after: null },
    },
  ],
  reconciliation: { days: 6, ok: false },
  evidence: 2,
  warnings: Array.from({ length: 12 }, (_, index) => `warning ${index}`),
  error: null,
};

test('says window, requests with their price, sums, what changed, and how far it is', () => {
  const text = renderPolls([RESULT]);
  expect(text).toContain(
    'aws (aws-cost-explorer): done\n  2026-11-16 to 2026-11-21, 1,210 rows in 1 batch\n',
  );
  expect(text).toContain('8 requests (2 failed), 0.06 USD; today 54 of at most 60, 0.52 USD');
  expect(text).toMatch(/USD +49,523\.70 +unknown/);
  expect(text).toContain('2026-11-17  BilledCost 10.50 → 12.00 USD');
  expect(text).toContain('Complete until 2026-11-19.');
  expect(text).toContain('in since 2026-02-01, wanted since 2025-10-01; poll again to go on');
  expect(text).toContain('run pennywatch allocate');
});

test('the dearest services come first; the others are one line with their sum', () => {
  const lines = renderPolls([RESULT])
    .split('\n')
    .filter((line) => line.includes('Service') || line.includes('2 more;'));
  expect(lines[0]).toMatch(/^ +10,000\.00 {2}USD {2}Service 9/);
  expect(lines).toHaveLength(9);
  expect(lines.at(-1)).toMatch(/^ +3,000\.00 {2}USD {2}and 2 more; --json lists them$/);
});

test('warnings that are cut are counted, and nothing from a bill steers the terminal', () => {
  const text = renderPolls([RESULT]);
  expect(text).toContain('! warning 9\n');
  expect(text).not.toContain('warning 10');
  expect(text).toContain('! and 2 more warnings; --json lists them');
  expect(text).not.toContain('\u001b');
});

test('an error stands with what to do about it', () => {
  const failed: PollResult = {
    ...RESULT,
    status: 'failed',
    window: null,
    batches: [],
    totals: [],
    byService: [],
    watermark: null,
    error: { code: 'UPSTREAM', message: 'AWS refused.', hint: 'Grant it.\nThen poll again.' },
  };
  const text = renderPolls([failed]);
  expect(text).toContain('aws (aws-cost-explorer): FAILED\n  no days fetched\n');
  expect(text).toContain('No day is complete yet.');
  expect(text).toContain('Failed: AWS refused.\n    → Grant it.\n    → Then poll again.');
});

test('exit codes: done, partly, failed, wrong configuration', () => {
  const failed = (code: string): PollResult => ({
    ...RESULT,
    status: 'failed',
    error: { code, message: '', hint: null },
  });
  const partly: PollResult = { ...RESULT, status: 'partly' };
  expect(pollExitCode([RESULT, RESULT])).toBe(0);
  expect(pollExitCode([partly])).toBe(3);
  expect(pollExitCode([RESULT, failed('UPSTREAM')])).toBe(3);
  expect(pollExitCode([failed('UPSTREAM')])).toBe(1);
  expect(pollExitCode([failed('CONFIG')])).toBe(2);
  expect(pollExitCode([failed('CONFIG'), failed('UPSTREAM')])).toBe(1);
});
