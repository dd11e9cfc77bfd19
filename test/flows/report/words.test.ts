/** Unit costs and an admin's own words in a report. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import { composeReport } from '../../../src/flows/report/compose.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { createSentences } from '../../../src/view/templates/sentence.ts';
import { contextOf, openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make, NOW } from './workbench.ts';

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

async function requests(model: string, perDay: (day: string) => number) {
  const days = eachDay('2026-09-14', '2026-11-22');
  const dimensions = { team: 'search', model, stage: 'inference' };
  await temp.store.source.create({
    data: { name: `usage-${model}`, kind: 'usage', watermark: days.at(-1) ?? null },
  });
  await temp.store.usageFact.createMany({
    data: days.map((day) => ({
      day,
      source: `usage-${model}`,
      metric: 'requests',
      quantityMicros: BigInt(perDay(day)) * 1_000_000n,
      ...dimensions,
    })),
  });
}

it('what a unit costs is said, and more use is told from a higher price', async () => {
  const rise = (day: string) => (day >= '2026-11-16' ? 122 : 100);
  await fill(temp.store, [...costs({ cost: rise }), ...costs({ model: 'quiet', cost: 10 })]);
  await requests('bert', (day) => (day >= '2026-11-16' ? 122_000 : 100_000));
  const { text, data } = await make(temp.store);
  expect(text).toContain('22 % more requests at the same unit cost');
  expect(text).toMatch(/bert +\$854 +\+22 % \(\+\$154\) +\$1\.00 per 1k requests +±0 %/);
  expect(data).toMatchObject({
    movers: [{ key: 'bert', usage: { metric: 'requests', quantityPercent: 22, unitCostPercent: 0 } }],
  });
  expect(text).toMatch(/nference cost per 1k requests|Cost per 1k requests/);
});

it('a model whose usage nobody imports is unknown, not free', async () => {
  await fill(temp.store, [...costs({ cost: 100 }), ...costs({ model: 'quiet', cost: 10 })]);
  await requests('bert', () => 100_000);
  const quiet = (await make(temp.store)).text.split('\n').find((line) => line.startsWith('quiet'));
  expect(quiet).toMatch(/–|unknown/);
  expect(quiet).not.toContain('$0');
});

it('the words are the ones that are handed down', async () => {
  await fill(temp.store, costs({ cost: 100 }));
  const sentences = createSentences(
    new Map([
      ['weekly-headline', 'Die Woche von {{ subject }}: {{ cost }}'],
      ['report-forecast', ''],
    ] as const),
  );
  const request = { scope: { kind: 'team', name: 'search' }, frequency: 'weekly' } as const;
  const { views } = await composeReport(
    { ...contextOf(temp.store, { now: NOW }), sentences },
    { ...request, at: Date.parse(NOW), timeZone: 'Europe/Berlin' },
  );
  const text = renderText(views[0]);
  expect(text).toMatch(/^Die Woche von search: \$700\n/);
  expect(text).not.toContain('On course');
});
