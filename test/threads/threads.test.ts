/** Real threads over a real database: a reply does not wait for whoever writes, errors keep their words, stopping loses nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Interaction, Reply } from '../../src/chat/types.ts';
import { eachDay } from '../../src/core/day.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import { createThreads, type Threads } from '../../src/threads/pools.ts';
import type { Button } from '../../src/view/elements.ts';
import { settingsOf } from '../settings.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const NOW = '2026-11-21T09:00:00Z';
let bench: TempStore;
let threads: Threads;

beforeAll(async () => {
  bench = await openTempStore();
  const context = contextOf(bench.store, { now: NOW });
  const days = eachDay('2026-09-01', '2026-11-19');
  await addFacts(
    context,
    days.map((day) => ({ day, cost: '10', tags: { model: 'bert', stage: 'training' } })),
  );
  threads = open();
});
afterAll(async () => {
  await threads.close();
  await bench.close();
});

function open(): Threads {
  return createThreads({
    setup: { settings: settingsOf(), databaseUrl: bench.url, logLevel: 'error' },
    now: () => Date.parse(NOW),
    execArgv: ['--import', 'tsx'],
  });
}

const ask = (text: string): Interaction => ({
  kind: 'command',
  text,
  actor: { kind: 'person', platform: 'slack', id: 'U1' },
  conversation: { platform: 'slack', channel: 'C1' },
});

function heading([reply]: readonly Reply[]): string | undefined {
  const [first] = reply && 'view' in reply ? reply.view.elements : [];
  return first?.kind === 'heading' ? first.text : undefined;
}

function buttonsOf([reply]: readonly Reply[]): readonly Button[] {
  if (!reply || !('view' in reply)) return [];
  return reply.view.elements.flatMap((element) => (element.kind === 'actions' ? element.buttons : []));
}

/** Writes for as long as `work` takes, as an import would. */
async function whileWriting<T>(work: () => Promise<T>): Promise<T> {
  return bench.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    return work();
  });
}

test('a reply and the click on its button do not wait for somebody who writes', async () => {
  const { answer, clicked } = await whileWriting(async () => {
    const answer = await threads.run('respond', ask('model bert'));
    const id = buttonsOf(answer).find(({ label }) => label === 'By service')?.id ?? '';
    const click: Interaction = { ...ask(''), kind: 'button', buttonId: id };
    return { answer, clicked: await threads.run('respond', click) };
  });
  expect(heading(answer)).toBe('bert: $300 in the last 30 days');
  expect(heading(clicked)).toBe('bert: $300 in the last 30 days');
});

test('an error comes back as it was thrown', async () => {
  const request = { files: ['/nowhere/bill.csv'], actor: { kind: 'system', job: 'test' } } as const;
  await expect(threads.run('importFocus', request)).rejects.toMatchObject({
    name: 'AppError',
    message: expect.stringContaining('/nowhere/bill.csv'),
    hint: expect.any(String),
  });
});

test('what an answer leaves to be written is written although nothing is asked afterwards', async () => {
  const people = [{ id: 'mira', workspace: 'T', userId: '29:mira', conversation: 'a:mira' }];
  await whileWriting(() => threads.run('chatMemory', { ask: 'remember', people }));
  await expect.poll(() => bench.store.chatPerson.count(), { timeout: 20_000 }).toBe(1);
});

test('says what is running', async () => {
  const chart = { id: 'x', title: '', currency: 'USD', days: ['2026-01-01'], series: [], alt: '' } as const;
  const drawing = threads.run('draw', { chart });
  expect(threads.running()).toEqual([{ task: 'draw', since: Date.parse(NOW) }]);
  const png = await drawing;
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
  expect(threads.running()).toEqual([]);
});

test('stopping writes what replies left to be written', async () => {
  const own = open();
  const ids = await whileWriting(async () => {
    const answer = await own.run('respond', ask('model bert'));
    return buttonsOf(answer).map(({ id }) => id ?? '');
  });
  await own.close();
  expect(await bench.store.button.count({ where: { id: { in: ids } } })).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(0);
});

test('a thread that cannot start is told, not waited for', async () => {
  const own = createThreads({
    setup: { settings: settingsOf(), databaseUrl: bench.url, logLevel: 'error' },
    now: () => Date.parse(NOW),
    // Node alone cannot read TypeScript.
    execArgv: [],
  });
  await expect(own.run('respond', ask('model bert'))).rejects.toThrow(/Unknown file extension/);
});
