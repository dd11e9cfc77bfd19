/** Importing usage: all or nothing, the same again changes nothing, names as allocation spells them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/core/settings.ts';
import { allocateDays } from '../../src/flows/allocate.ts';
import type { Context } from '../../src/flows/context.ts';
import { renameUsage } from '../../src/flows/import-usage/rename.ts';
import type { UsageImportParts } from '../../src/flows/import-usage/types.ts';
import { importUsage } from '../../src/flows/import-usage.ts';
import { reportSources } from '../../src/flows/sources-report.ts';
import { readSources } from '../../src/store/freshness.ts';
import { saveSource } from '../../src/store/sources.ts';
import { readUsage } from '../../src/store/usage.ts';
import { usageFile } from '../../src/usage/usage-file/index.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';

const BERT = { name: 'bert', title: 'BERT', team: 'search', aliases: ['bert-base'] };
const SPAN = { start: '2026-11-01', end: '2026-11-30' };
const parts: UsageImportParts = { source: usageFile, allocate: allocateDays };
let temp: TempStore;
let context: Context;
let dir: string;

beforeEach(async () => {
  temp = await openTempStore();
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-usage-'));
  context = contextWith({ models: [BERT] });
  await temp.store.team.create({
    data: { name: 'search', title: 'Search', managedBy: 'file', updatedAt: NOW },
  });
  const model = { name: 'bert', title: 'BERT', teamName: 'search', managedBy: 'file', updatedAt: NOW };
  await temp.store.model.create({ data: model });
});
afterEach(async () => {
  await temp.close();
  rmSync(dir, { recursive: true });
});

const NOW = new Date('2026-11-21T09:00:00Z');

function contextWith(settings: Partial<Settings>): Context {
  return contextOf(temp.store, { now: NOW.toISOString(), settings });
}

function file(name: string, ...lines: string[]): string {
  const path = join(dir, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

function load(files: string[], source?: string, own = parts) {
  return importUsage(context, own, { files, source, actor: { kind: 'console', user: 'ada' } });
}

async function requests(by?: 'team' | 'model' | 'stage') {
  const amounts = await readUsage(temp.store, { metric: 'requests', ...SPAN, by });
  return amounts.map(({ day, key, quantityMicros }) => [day, key, quantityMicros]);
}

describe('an import of usage', () => {
  it('says when another source holds usage of the same names too, and not when they differ', async () => {
    const header = 'day,model,metric,quantity';
    const both = ['2026-11-01,bert,requests,1000', '2026-11-02,bert,requests,7'];
    await load([file('a.csv', header, ...both)], 'gateway');
    const other = await load([file('b.csv', header, '2026-11-01,ranker,requests,5')], 'batch');
    expect(other.warnings).toEqual([]);
    const again = await load([file('c.csv', header, ...both, '2026-11-03,bert,requests,7')], 'usage');
    expect(again.warnings).toEqual([
      'Source "gateway" holds usage of the same names and metrics on 2 of these days: what it says and what "usage" says is added up.',
    ]);
    expect((await load([file('c.csv', header, '2026-11-01,bert,epochs,1')], 'gateway')).warnings).toEqual([]);
  });

  it('stores what the file says, adds up rows of a day, and proves it', async () => {
    const result = await load([
      file(
        'a.csv',
        'day,model,metric,quantity',
        '2026-11-01,bert,requests,1000',
        '2026-11-01,bert,requests,500.25',
        '2026-11-02,bert,requests,7',
        '2026-11-02,bert,quality,0.9',
        '2026-11-02,bert,quality,0.8',
      ),
    ]);
    expect(await requests('model')).toEqual([
      ['2026-11-01', 'bert', 1_500_250_000n],
      ['2026-11-02', 'bert', 7_000_000n],
    ]);
    expect(await readUsage(temp.store, { metric: 'quality', ...SPAN })).toEqual([
      { day: '2026-11-02', key: null, quantityMicros: 1_700_000n, rows: 2 },
    ]);
    expect(result).toMatchObject({
      source: 'usage',
      factsWritten: 4,
      replaced: 0,
      watermark: '2026-11-02',
      totals: [
        { metric: 'requests', days: 2, quantity: '1507.25', stored: '1507.25' },
        { metric: 'quality', days: 1, quantity: '0.85', stored: '0.85' },
      ],
    });
  });

  it('changes nothing when it is done again, and replaces whole days of a metric', async () => {
    const path = file('a.csv', 'day,model,requests,epochs', '2026-11-01,bert,10,3', '2026-11-02,bert,20,');
    await load([path]);
    const before = await requests('model');
    expect(await load([path])).toMatchObject({ factsWritten: 3, replaced: 3 });
    expect(await requests('model')).toEqual(before);

    // Another model on the same day gives way too; other days and metrics stay.
    await load([file('b.csv', 'day,model,requests', '2026-11-01,gpt,5')]);
    expect(await requests('model')).toEqual([
      ['2026-11-01', 'gpt', 5_000_000n],
      ['2026-11-02', 'bert', 20_000_000n],
    ]);
    expect(await readUsage(temp.store, { metric: 'epochs', ...SPAN })).toHaveLength(1);
    await load([file('c.csv', 'day,model,requests', '2026-11-01,bert,100')], 'another');
    expect(await requests()).toEqual([
      ['2026-11-01', null, 105_000_000n],
      ['2026-11-02', null, 20_000_000n],
    ]);
  });

  it('spells names as allocation does; usage of a model is its team’s', async () => {
    await load([
      file(
        'a.csv',
        'day,team,model,stage,requests',
        '2026-11-01,,BERT-base,Inference,1',
        '2026-11-01,Growth,x,,2',
      ),
    ]);
    expect(await requests('model')).toEqual([
      ['2026-11-01', 'bert', 1_000_000n],
      ['2026-11-01', 'x', 2_000_000n],
    ]);
    expect(await requests('stage')).toContainEqual(['2026-11-01', 'inference', 1_000_000n]);
    expect(await requests('team')).toEqual([
      ['2026-11-01', 'growth', 2_000_000n],
      ['2026-11-01', 'search', 1_000_000n],
    ]);
    const ofSearch = { metric: 'requests', ...SPAN, filter: { team: 'search' } } as const;
    expect(await readUsage(temp.store, ofSearch)).toMatchObject([{ quantityMicros: 1_000_000n }]);
  });

  it('knows the team of a model that only its costs name', async () => {
    await addFacts(context, [{ day: '2026-11-01', cost: '5', tags: { model: 'ranker', team: 'ads' } }]);
    await load([file('a.csv', 'day,model,requests', '2026-11-01,ranker,1')]);
    expect(await requests('team')).toEqual([['2026-11-01', 'ads', 1_000_000n]]);
  });

  it('forgets the team that only a corrected bill named', async () => {
    await addFacts(context, [{ day: '2026-11-01', cost: '5', tags: { model: 'ranker', team: 'adz' } }]);
    await temp.store.costFact.deleteMany();
    await addFacts(context, [{ day: '2026-11-01', cost: '5', tags: { model: 'ranker', team: 'ads' } }]);
    await load([file('a.csv', 'day,model,requests', '2026-11-01,ranker,1')]);
    expect(await requests('team')).toEqual([['2026-11-01', 'ads', 1_000_000n]]);
    await addFacts(context, [{ day: '2026-11-02', cost: '5', tags: { model: 'ranker', team: 'growth' } }]);
    expect(await requests('team')).toEqual([['2026-11-01', null, 1_000_000n]]);
  });

  it('follows a new alias when history is allocated again', async () => {
    await load([file('a.csv', 'day,model,requests', '2026-11-01,bert-old,1')]);
    const { settings } = contextWith({ models: [{ ...BERT, aliases: ['bert-old'] }] });
    await temp.store.$transaction((tx) => renameUsage(tx, settings));
    expect(await requests('model')).toEqual([['2026-11-01', 'bert', 1_000_000n]]);
  });

  it('adds up more than 64 bits of micro-units hold', async () => {
    const rows = Array.from({ length: 12 }, () => '2026-11-01,llm,input_tokens,1000000000000');
    await load([file('a.csv', 'day,model,metric,quantity', ...rows)]);
    const [amount] = await readUsage(temp.store, { metric: 'input_tokens', ...SPAN });
    expect(amount?.quantityMicros).toBe(12_000_000_000_000_000_000n);
  });

  it('sets bad rows aside with line and reason, and remembers them', async () => {
    const path = file('a.csv', 'day,model,requests', '2026-11-01,bert,-1', '2026-11-01,bert,1');
    const { files } = await load([path]);
    const bad = { line: 2, reason: 'requests "-1" is negative' };
    expect(files[0]).toMatchObject({ rowsRead: 2, quarantinedCount: 1, quarantined: [bad] });
    expect(await temp.store.quarantinedRow.findMany()).toMatchObject([{ file: path, ...bad }]);
    expect(await temp.store.importBatch.findMany()).toMatchObject([{ rowsRead: 2, rowsQuarantined: 1 }]);
    expect(await temp.store.auditEntry.findMany()).toMatchObject([
      { action: 'import.usage', actor: 'console:ada', subject: 'source:usage' },
    ]);
  });

  it('changes nothing when any file is refused or what follows fails', async () => {
    const good = file('a.csv', 'day,model,requests', '2026-11-01,bert,1');
    await load([good]);
    const newer = file('b.csv', 'day,model,requests', '2026-11-01,bert,999');
    const wrong = file('c.csv', 'day,model,requests', '2026-11-01,bert,one');
    await expect(load([newer, wrong])).rejects.toThrow('No row of');
    await expect(load([newer, file('d.csv', 'day,model,requests')])).rejects.toThrow('no rows');
    context = contextWith({ models: [BERT], splits: [BY_REQUESTS] });
    const failing = { ...parts, allocate: () => Promise.reject(new Error('allocation failed')) };
    await expect(load([newer], undefined, failing)).rejects.toThrow('allocation failed');
    expect(await requests()).toEqual([['2026-11-01', null, 1_000_000n]]);
    expect(await temp.store.importBatch.count()).toBe(1);
  });

  it('does not mix with bills: neither in one source nor in what is complete', async () => {
    await addFacts(context, [{ day: '2026-11-19', cost: '5', source: 'aws' }]);
    const path = file('a.csv', 'day,model,requests', '2026-11-10,bert,1');
    await expect(load([path], 'aws')).rejects.toThrow(
      'Source "aws" holds bills, so it can hold nothing else',
    );
    await load([path], 'serving');
    const bills = { name: 'serving', kind: 'focus-file', watermark: '2026-11-19', at: NOW };
    await expect(temp.store.$transaction((tx) => saveSource(tx, bills))).rejects.toThrow('holds usage');
    expect((await readSources(temp.store)).map(({ name }) => name)).toEqual(['aws']);
    const { sources } = await reportSources(context);
    expect(sources).toMatchObject([
      { name: 'aws', watermark: '2026-11-19' },
      { name: 'serving', kind: 'usage', watermark: '2026-11-10', lastDay: '2026-11-10', stale: true },
    ]);
  });

  it('does not call today complete, and never goes back', async () => {
    const today = file('a.csv', 'day,model,requests', '2026-11-21,bert,1');
    expect((await load([today])).watermark).toBe('2026-11-20');
    const old = file('b.csv', 'day,model,requests', '2026-11-03,bert,1');
    expect((await load([old])).watermark).toBe('2026-11-20');
  });
});

const BY_REQUESTS: Settings['splits'][number] = {
  name: 'cluster',
  from: { model: 'cluster' },
  among: { dimension: 'team', names: [] },
  by: { kind: 'usage', metric: 'requests' },
};

describe('shared costs', () => {
  it('are split again on the days whose usage they go by, and only then', async () => {
    context = contextWith({ models: [BERT], splits: [BY_REQUESTS] });
    const asked: (readonly string[])[] = [];
    const watching: UsageImportParts = {
      source: usageFile,
      allocate: async (_tx, _context, { days }) => void asked.push(days),
    };
    const lines = ['2026-11-02,bert,1,', '2026-11-01,bert,1,', '2026-11-05,bert,,9'];
    const path = file('a.csv', 'day,model,requests,epochs', ...lines);
    expect((await load([path], undefined, watching)).affectedUsageDays).toEqual(['2026-11-01', '2026-11-02']);
    await load([file('b.csv', 'day,model,epochs', '2026-11-01,bert,1')], undefined, watching);
    expect(asked).toEqual([['2026-11-01', '2026-11-02']]);
  });
});
