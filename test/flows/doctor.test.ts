import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectConfig } from '../../src/config.ts';
import { AppError } from '../../src/core/errors.ts';
import {
  type DoctorInput,
  type DoctorReport,
  doctor,
  doctorExitCode,
  renderDoctor,
} from '../../src/flows/doctor.ts';
import type { Store } from '../../src/store/open.ts';
import { USAGE_KIND } from '../../src/store/usage.ts';
import { addFacts, contextOf } from '../temp-store.ts';
import { openFreshStore } from '../template-database.ts';

const NOW = '2026-11-21T09:00:00Z';
const slack = { id: 'slack', title: 'Slack', setUp: 'Set SLACK_BOT_TOKEN.' };

let folder: string;
let url: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pennywatch-doctor-'));
  url = `file:${join(folder, 'penny.db')}`;
});
afterEach(() => rmSync(folder, { recursive: true }));

function examine(more: Partial<DoctorInput> = {}): Promise<DoctorReport> {
  const config = inspectConfig({ cwd: folder, env: {} });
  return doctor({ now: () => Date.parse(NOW), config, databaseUrl: url, platforms: [], ...more });
}

async function withStore(work: (store: Store) => Promise<unknown>): Promise<void> {
  const store = await openFreshStore(join(folder, 'penny.db'));
  await work(store).finally(() => store.$disconnect());
}

function check(report: DoctorReport, id: string) {
  return report.checks.find((candidate) => candidate.id === id);
}

describe('a fresh folder', () => {
  it('has nothing that failed, and doctor leaves it as it was', async () => {
    const report = await examine();
    expect(report.checks.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(check(report, 'database')).toMatchObject({
      status: 'ok',
      detail: `${join(folder, 'penny.db')} is not there yet; the first start makes it.`,
    });
    expect(check(report, 'config')).toMatchObject({
      status: 'warn',
      mend: expect.stringContaining('pennywatch.example.yaml'),
    });
    expect(check(report, 'templates')?.status).toBe('ok');
    expect(check(report, 'fonts')?.status).toBe('ok');
    expect(check(report, 'disk')?.detail).toMatch(/^[\d.]+ [GM]B free in /);
    expect(doctorExitCode(report)).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('configuration', () => {
  it('all mistakes are there, and the other checks still run', async () => {
    writeFileSync(join(folder, 'pennywatch.yaml'), 'currency: X\nteam: []\n');
    const report = await examine({ platforms: [slack] });
    const config = check(report, 'config');
    expect(config?.status).toBe('fail');
    expect(config?.detail).toContain('pennywatch.yaml:1  currency: found "X"');
    expect(config?.detail).toContain('pennywatch.yaml:2  team: unknown key "team" – did you mean "teams"?');
    expect(config?.mend).toContain('pennywatch.example.yaml');
    expect(report.checks.map(({ id }) => id)).toEqual([
      'config',
      'database',
      'disk',
      'templates',
      'fonts',
      'chat-slack',
    ]);
    expect(doctorExitCode(report)).toBe(2);
  });

  it('a good one is counted', async () => {
    writeFileSync(
      join(folder, 'pennywatch.yaml'),
      'teams: [{ name: a }, { name: b }]\nmodels: [{ name: bert }]\n',
    );
    expect(check(await examine(), 'config')).toMatchObject({
      status: 'ok',
      detail: `${join(folder, 'pennywatch.yaml')}: 2 teams, 1 model, 0 budgets, 0 allocation rules.`,
    });
  });
});

describe('database', () => {
  it('a sound one', async () => {
    await withStore(async () => undefined);
    const report = await examine();
    for (const id of ['database', 'database-migrations', 'database-writable', 'database-integrity'])
      expect(check(report, id)?.status).toBe('ok');
    expect(check(report, 'data')).toMatchObject({ status: 'warn', detail: 'Nothing has been imported yet.' });
  });

  it('a file that is no database', async () => {
    writeFileSync(
      join(folder, 'penny.db'),
      'not a database at all, but long enough to look like one'.repeat(50),
    );
    const report = await examine();
    expect(check(report, 'database')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('cannot be opened'),
      mend: expect.any(String),
    });
    expect(doctorExitCode(report)).toBe(1);
  });

  it('one without its migrations is told, and not touched', async () => {
    writeFileSync(join(folder, 'penny.db'), '');
    const report = await examine();
    expect(check(report, 'database-migrations')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('_init'),
    });
    expect(check(report, 'data')).toBeUndefined();
    expect(check(await examine(), 'database-migrations')?.status).toBe('warn');
  });

  it('one of a newer version', async () => {
    await withStore((store) =>
      store.$executeRawUnsafe(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', 1)",
      ),
    );
    expect(check(await examine(), 'database-migrations')).toMatchObject({
      status: 'fail',
      detail: 'The database was written by a newer Pennywatch (migration 29990101000000_later).',
    });
  });

  it('a damaged one', async () => {
    let page = 0;
    await withStore(async (store) => {
      const [row] = await store.$queryRawUnsafe<{ rootpage: bigint }[]>(
        "SELECT rootpage FROM sqlite_master WHERE name = 'Button'",
      );
      page = Number(row?.rootpage);
    });
    const bytes = readFileSync(join(folder, 'penny.db'));
    bytes.fill(0xff, (page - 1) * 4096, page * 4096);
    writeFileSync(join(folder, 'penny.db'), bytes);
    const report = await examine();
    process.stderr.write(JSON.stringify(report.checks) + page);
    expect(check(report, 'database-integrity')).toMatchObject({
      status: 'fail',
      detail: 'The file is damaged: database disk image is malformed.',
      mend: expect.stringContaining('backup'),
    });
    expect(doctorExitCode(report)).toBe(1);
  });

  it('an address that is none', async () => {
    const report = await examine({ databaseUrl: 'mysql://penny:hunter2@db/penny' });
    expect(check(report, 'database')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('is not a SQLite file'),
    });
    expect(check(report, 'disk')?.status).toBe('fail');
    expect(renderDoctor(report)).not.toContain('hunter2');
  });
});

describe('data', () => {
  const facts = [{ day: '2026-11-19', cost: '5' }];

  it('says how far usage reaches, apart from what costs', async () => {
    await withStore(async (store) => {
      await addFacts(contextOf(store, { now: NOW }), facts);
      const usage = (name: string, watermark: string) => ({ name, kind: USAGE_KIND, watermark });
      await store.source.createMany({
        data: [usage('serving', '2026-11-20'), usage('gateway', '2026-11-01')],
      });
    });
    const report = await examine();
    expect(check(report, 'usage-serving')).toMatchObject({ status: 'ok' });
    expect(check(report, 'usage-gateway')).toMatchObject({
      status: 'warn',
      detail: 'Usage is complete until 2026-11-01: later unit costs are unknown.',
      mend: expect.stringContaining('pennywatch import usage'),
    });
    expect(check(report, 'data-serving')).toBeUndefined();
  });

  it('says how far each source reaches, and when that is too long ago', async () => {
    await withStore(async (store) => {
      const context = contextOf(store, { now: NOW });
      await addFacts(context, facts);
      await addFacts(context, [{ day: '2026-11-10', cost: '5', source: 'azure' }]);
      // As late as answers and `sources` still call fresh.
      await addFacts(context, [{ day: '2026-11-16', cost: '5', source: 'oracle' }]);
    });
    const report = await examine();
    expect(check(report, 'data-focus')).toMatchObject({
      status: 'ok',
      detail: 'Data is complete until 2026-11-19 (2 days ago).',
    });
    expect(check(report, 'data-oracle')?.status).toBe('ok');
    expect(check(report, 'data-azure')).toMatchObject({
      status: 'warn',
      detail: 'Data is complete until 2026-11-10 (11 days ago); what was spent since is missing, not zero.',
      mend: 'Import a newer bill: pennywatch import focus <files…> --source azure',
    });
  });

  it('tells the last error and days that differ from the bill', async () => {
    await withStore(async (store) => {
      await addFacts(contextOf(store, { now: NOW }), facts);
      await store.source.update({ where: { name: 'focus' }, data: { lastError: 'the file is cut off' } });
      const row = { source: 'focus', currency: 'USD', checkedAt: new Date(NOW) };
      await store.reconciliation.createMany({
        data: [
          { ...row, day: '2026-11-18', ok: true },
          { ...row, day: '2026-11-19', ok: false },
          { ...row, day: '2026-11-17', ok: false },
        ],
      });
    });
    const report = await examine();
    expect(check(report, 'data-focus')).toMatchObject({
      status: 'fail',
      detail: 'The last import failed (the file is cut off); complete until 2026-11-19.',
    });
    expect(check(report, 'data-reconciliation')).toMatchObject({
      status: 'fail',
      detail: 'Days that do not add up to the bill – focus: 2 (first 2026-11-17).',
    });
    expect(doctorExitCode(report)).toBe(1);
  });
});

describe('chat and assets', () => {
  it('a platform without credentials says how to set it up', async () => {
    expect(check(await examine({ platforms: [slack] }), 'chat-slack')).toEqual({
      id: 'chat-slack',
      title: 'Slack',
      status: 'warn',
      detail: 'Not configured.',
      mend: 'Set SLACK_BOT_TOKEN.',
    });
  });

  it.each([
    ['works', async () => ({ ok: true, detail: 'Connected.' }), { status: 'ok', detail: 'Connected.' }],
    [
      'is refused',
      async () => ({ ok: false, detail: 'invalid_auth', mend: 'Reinstall it.' }),
      { status: 'fail', detail: 'invalid_auth', mend: 'Reinstall it.' },
    ],
    [
      'throws',
      async () => {
        throw new AppError('UPSTREAM', 'No network.', { hint: 'Plug it in.' });
      },
      { status: 'fail', detail: 'No network.', mend: 'Plug it in.' },
    ],
    [
      'throws at once',
      () => {
        throw new Error('boom');
      },
      { status: 'fail', detail: 'boom', mend: 'Set SLACK_BOT_TOKEN.' },
    ],
    [
      'never answers',
      () => new Promise<never>(() => undefined),
      { status: 'fail', detail: 'Slack did not answer within 0.02 seconds.' },
    ],
  ])('a platform that %s', async (_, ask, expected) => {
    const report = await examine({ platforms: [{ ...slack, check: ask }], patience: 20 });
    expect(check(report, 'chat-slack')).toMatchObject(expected);
  });

  it('missing templates and fonts', async () => {
    const empty = join(folder, 'templates');
    const absent = await examine({ templates: empty, fonts: ['@nobody/font/none.ttf'] });
    expect(check(absent, 'templates')).toMatchObject({
      status: 'fail',
      detail: `${empty} cannot be read (ENOENT).`,
    });
    expect(check(absent, 'fonts')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('@nobody/font/none.ttf'),
      mend: 'Run npm ci again.',
    });
    mkdirSync(empty);
    expect(check(await examine({ templates: empty }), 'templates')?.detail).toBe(`${empty} is empty.`);
  });
});

describe('renderDoctor', () => {
  it('aligns the words, hangs what follows, and counts', () => {
    const text = renderDoctor({
      checks: [
        {
          id: 'config',
          title: 'Configuration',
          status: 'fail',
          detail: 'Two mistakes:\n  a\n  b',
          mend: 'Mend them.',
        },
        { id: 'disk', title: 'Disk', status: 'ok', detail: '3 GB free.' },
        { id: 'x', title: 'Source \u001b[2Jx', status: 'warn', detail: 'Old.', mend: 'Import.' },
      ],
    });
    expect(text).toBe(
      [
        'fail  Configuration  Two mistakes:',
        '                       a',
        '                       b',
        '                     → Mend them.',
        'ok    Disk           3 GB free.',
        'warn  Source  [2Jx   Old.',
        '                     → Import.',
        '',
        '3 checks: 1 ok, 1 to look at, 1 failed.',
      ].join('\n'),
    );
  });

  it('says so when all is well', () => {
    const checks = [{ id: 'disk', title: 'Disk', status: 'ok' as const, detail: '3 GB free.' }];
    expect(renderDoctor({ checks })).toBe('ok    Disk  3 GB free.\n\nAll checks are ok.');
    expect(doctorExitCode({ checks })).toBe(0);
  });
});
