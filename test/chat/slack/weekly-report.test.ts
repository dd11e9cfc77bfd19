/** A whole weekly report as Slack gets it: reviewed as goldens, valid as Block Kit, with nothing live in it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderMessage } from '../../../src/chat/slack/render.ts';
import { saveBudget } from '../../../src/store/budgets.ts';
import { saveReportRecord } from '../../../src/store/report-records.ts';
import type { View } from '../../../src/view/elements.ts';
import { costs, fill, type Made, make } from '../../flows/report/workbench.ts';
import { openTempStore, type TempStore } from '../../temp-store.ts';
import { blockKitProblems, liveParts } from './block-kit.ts';

let temp: TempStore;
const reports: Record<string, Made> = {};

beforeAll(async () => {
  temp = await openTempStore();
  const { store } = temp;
  const spike = (day: string) => (day === '2026-11-19' ? 900 : 40);
  await fill(
    store,
    [
      ...costs({ cost: 310 }, { service: 'Amazon SageMaker', region: 'us-east-1' }),
      ...costs({ cost: spike }, { stage: 'training', service: 'Amazon EC2', region: 'eu-west-1' }),
      ...costs({ model: '<!channel> *ranker*', cost: (day) => (day >= '2026-11-18' ? 90 : 150) }),
      ...costs({ model: '', cost: 12.5 }),
      ...Array.from({ length: 12 }, (_, index) =>
        costs({ model: `small-${index + 1}`, cost: index + 1 }),
      ).flat(),
    ],
    '2026-11-21',
  );
  const budget = { scope: 'team:search', period: 'monthly', currency: 'USD', managedBy: 'file' } as const;
  await saveBudget(store, { ...budget, amountMicros: 18_000_000_000n }, new Date(0));
  const { record } = await make(store, { now: '2026-11-16T08:00:00Z' });
  if (record) await store.$transaction((tx) => saveReportRecord(tx, record, new Date(0)));
  await store.dailyCost.updateMany({
    where: { day: '2026-11-08', model: 'bert', stage: 'inference' },
    data: { effectiveMicros: 422_000_000n },
  });
  reports.weekly = await make(store);
  reports.daily = await make(store, { frequency: 'daily' });
});
afterAll(() => temp.close());

it.each(['weekly', 'daily'])('the %s report is valid and holds nothing live', (frequency) => {
  for (const view of reports[frequency]?.views ?? []) {
    const message = renderMessage(numbered(view));
    expect(blockKitProblems(message.blocks)).toEqual([]);
    expect(liveParts(message)).toEqual([]);
  }
});

it('the weekly report', () => {
  const [root, thread] = reports.weekly?.views ?? [];
  matchesGolden('weekly-report.json', root && renderMessage(numbered(root)));
  matchesGolden('weekly-report-thread.json', thread && renderMessage(numbered(thread)));
});

it('the daily report', () => {
  const [root] = reports.daily?.views ?? [];
  matchesGolden('daily-report.json', root && renderMessage(numbered(root)));
});

function numbered(view: View): View {
  let count = 0;
  return {
    elements: view.elements.map((element) =>
      element.kind === 'actions'
        ? { ...element, buttons: element.buttons.map((button) => ({ ...button, id: `b-${count++}` })) }
        : element,
    ),
  };
}

/** Compares with the stored payload; UPDATE_GOLDEN=1 writes it anew, for review in the diff. */
function matchesGolden(name: string, payload: unknown): void {
  const path = join(import.meta.dirname, '../../golden/slack', name);
  const now = `${JSON.stringify(payload, null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, now);
  }
  expect(now).toBe(readFileSync(path, 'utf8'));
}
