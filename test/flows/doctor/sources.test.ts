import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { SourceSettings } from '../../../src/core/settings.ts';
import { type DoctorCheck, doctor, type SourcesToCheck } from '../../../src/flows/doctor.ts';
import { settingsOf } from '../../settings.ts';
import { openFreshStore } from '../../template-database.ts';

const NOW = '2026-11-21T09:00:00Z';
const source = (name: string): SourceSettings => ({
  name,
  kind: 'openai',
  schedule: '0 6 * * *',
  historyMonths: 13,
  trailingDays: 5,
  lagDays: 2,
  requestsPerDay: 40,
  options: {},
});
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pennywatch-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The checks about these sources; `check` is the other side. */
async function examine(names: readonly string[], part?: Partial<SourcesToCheck>): Promise<DoctorCheck[]> {
  const { checks } = await doctor({
    now: () => Date.parse(NOW),
    config: { path: 'pennywatch.yaml', settings: settingsOf({ sources: names.map(source) }) },
    databaseUrl: `file:${join(folder, 'penny.db')}`,
    platforms: [],
    patience: 50,
    ...(part && {
      sources: {
        about: () => ({
          variables: { OPENAI_ADMIN_KEY: 'an admin key', OPENAI_BASE_URL: 'another address' },
        }),
        variable: (name) => (name === 'OPENAI_ADMIN_KEY' ? 'sk-admin-secret' : undefined),
        check: async () => [{ ok: true, said: 'The key may read costs' }],
        ...part,
      },
    }),
  });
  return checks.filter(({ id }) => id.startsWith('source'));
}

async function polled(name: string, state: object, watermark = '2026-11-19'): Promise<void> {
  const store = await openFreshStore(join(folder, 'penny.db'));
  await store.source.create({ data: { name, kind: 'openai', watermark } });
  await store.sourceState.create({
    data: {
      name,
      lastStartedAt: new Date('2026-11-21T06:00:00Z'),
      lastSuccessAt: new Date('2026-11-21T06:01:00Z'),
      nextAttemptAt: new Date('2026-11-22T06:00:00Z'),
      coveredFrom: '2025-10-01',
      backfillTo: '2025-10-01',
      ...state,
    },
  });
  await store.$disconnect();
}

it('says how each polled source stands, and nothing about importing files into it', async () => {
  await polled('good', {});
  await polled(
    'bad',
    {
      failures: 4,
      failingSince: new Date('2026-11-19T06:00:00Z'),
      error: 'OpenAI refused the key.',
      hint: 'Make a new admin key.',
    },
    '2026-11-17',
  );
  const checks = await examine(['good', 'bad', 'new']);
  expect(checks).toEqual([
    {
      id: 'source-bad',
      title: 'Source bad',
      status: 'fail',
      detail:
        'failing (4 times since Thu 19 Nov, 06:00); OpenAI refused the key; complete until Tue 17 Nov; last success Sat 21 Nov, 06:01; next poll Sun 22 Nov, 06:00; history back to 1 Oct 2025; no request this month; budget 40 a day.',
      mend: 'Make a new admin key.',
    },
    {
      id: 'source-good',
      title: 'Source good',
      status: 'ok',
      detail:
        'fresh; complete until Thu 19 Nov; last success Sat 21 Nov, 06:01; next poll Sun 22 Nov, 06:00; history back to 1 Oct 2025; no request this month; budget 40 a day.',
    },
    {
      id: 'source-new',
      title: 'Source new',
      status: 'warn',
      detail: expect.stringContaining('never polled; no complete day yet; last success never'),
      mend: expect.stringContaining('pennywatch poll new'),
    },
  ]);
});

it('asks the other side, and says what that costs', async () => {
  const about = () => ({ variables: {}, requestPrice: '0.01' });
  const [check] = await examine(['openai'], { about });
  expect(check).toEqual({
    id: 'source-openai-access',
    title: 'openai answers',
    status: 'ok',
    detail: 'The key may read costs. (Each request of this check costs $0.01; --offline asks nothing.)',
  });
});

it('what is refused comes with the mend and the names of variables, never what they hold', async () => {
  const [check] = await examine(['openai'], {
    check: async () => [
      { ok: true, said: 'The key is set' },
      { ok: false, said: 'The key may not read usage', hint: 'Give it api.usage.read.' },
    ],
  });
  expect(check).toMatchObject({
    status: 'fail',
    detail: 'The key may not read usage. Variables set: OPENAI_ADMIN_KEY; not set: OPENAI_BASE_URL.',
    mend: 'Give it api.usage.read.\nWhat it must be granted: pennywatch permissions openai',
  });
  expect(JSON.stringify(check)).not.toContain('sk-admin-secret');
});

it.each([
  [
    'settings that are wrong',
    async () => {
      throw new AppError('CONFIG', 'The settings of openai are not complete.', { hint: 'Write projects.' });
    },
    { detail: 'The settings of openai are not complete.', mend: 'Write projects.' },
  ],
  [
    'one that does not answer',
    () => new Promise<never>(() => undefined),
    {
      detail: expect.stringContaining('It did not answer within 0.05 seconds.'),
      mend: 'What it must be granted: pennywatch permissions one',
    },
  ],
])('%s fails alone', async (_, check, expected) => {
  const checks = await examine(['one', 'two'], {
    check: ({ name }) => (name === 'one' ? check() : Promise.resolve([{ ok: true, said: 'Works.' }])),
  });
  expect(checks.map(({ status }) => status)).toEqual(['fail', 'ok']);
  expect(checks[0]).toMatchObject(expected);
});
