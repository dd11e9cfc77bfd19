/** What a report says while a polled source fails. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceSettings } from '../../../src/core/settings.ts';
import { openTempStore, type TempStore } from '../../temp-store.ts';
import { costs, fill, make } from './workbench.ts';

const openai: SourceSettings = {
  name: 'openai',
  kind: 'openai',
  schedule: '0 6 * * *',
  historyMonths: 13,
  trailingDays: 5,
  lagDays: 1,
  options: {},
};
const settings = { sources: [openai] };
let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

/** $100 a day of files, and $5 a day of openai until it failed. */
async function failing(lastDay: string): Promise<void> {
  await fill(temp.store, [
    ...costs({ cost: 100 }),
    ...costs({ model: 'gpt', cost: 5, end: lastDay }, { source: 'openai' }),
  ]);
  await temp.store.source.update({ where: { name: 'openai' }, data: { watermark: lastDay } });
  await temp.store.sourceState.create({
    data: {
      name: 'openai',
      failures: 3,
      failingSince: new Date('2026-11-20T06:00:00Z'),
      error: 'The key was revoked.',
    },
  });
}

describe('a weekly report', () => {
  it('ends where a failing source does, and calls the rest unknown', async () => {
    await failing('2026-11-19');
    const { heading, text } = await make(temp.store, { settings });
    expect(heading).toBe('search: $420 last week, Mon–Thu (16–19 Nov), flat on Mon–Thu of the week before');
    expect(text).toContain(
      'Complete until Thu 19 Nov; Fri 20 Nov – Sun 22 Nov are unknown from openai ($300 so far, not counted).',
    );
    expect(text).toContain(
      '⚠ openai complete until 19 Nov; since then unknown (failing since 20 Nov: The key was revoked).',
    );
    expect(text).toContain('On course for');
  });

  it('says in its first line what it lacks when a source fell silent before the week', async () => {
    await failing('2026-11-10');
    const { heading, text, data } = await make(temp.store, { settings });
    expect(heading).toBe('search: $700 last week (16–22 Nov) without openai');
    expect(text).toMatch(/^gpt +unknown +unknown$/m);
    expect(data).toMatchObject({ total: '700', change: null });
  });
});

it('a daily report says what it lacks', async () => {
  await failing('2026-11-10');
  const { heading } = await make(temp.store, { settings, frequency: 'daily' });
  expect(heading).toContain('$100 on Sun 22 Nov without openai');
});
