/** Every source is registered, says what it is and needs, has its contract, and costs nothing until it is used. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CronExpressionParser } from 'cron-parser';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { sourceShape } from '../../src/config/schema-sources.ts';
import { schemaReference } from '../../src/config.ts';
import { fileSources, sources } from '../../src/sources/registry.ts';
import { findStandIn } from './stand-in/find.ts';

const FOLDER = resolve(import.meta.dirname, '../../src/sources');
/** Keys of an entry that every source has; the rest are its own settings. */
const SHARED = Object.keys(sourceShape);

test('every folder is a registered source, named by its id, in their order', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect([...fileSources, ...sources].map(({ id }) => id).sort()).toEqual(folders.sort());
  expect(sources.map(({ id }) => id)).toEqual(sources.map(({ id }) => id).sort());
});

test.each(fileSources.map((source) => [source.id, source] as const))(
  '%s says what it is and needs',
  async (_, source) => {
    expect(source.title).not.toBe('');
    expect(source.permissions.length).toBeGreaterThan(0);
    expect(source.settings.safeParse({}).success).toBe(false);
    expect(await source.check({ files: ['/nowhere/bill.csv'] })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('/nowhere/bill.csv'),
    });
  },
);

describe.each(sources.map((source) => [source.id, source] as const))('%s', (id, source) => {
  const { about } = source;

  it('has a readme and a stand-in that the contract runs against', async () => {
    expect(readFileSync(join(FOLDER, id, 'readme.md'), 'utf8').length).toBeGreaterThan(300);
    expect(await findStandIn(id)).toBeTypeOf('function');
  });

  it('is set up in at most ten steps', () => {
    expect(about.title).not.toBe('');
    expect(about.steps.length).toBeGreaterThan(0);
    expect(about.steps.length).toBeLessThanOrEqual(10);
    expect(about.steps.filter((step) => step.includes('\n') || step.length > 400)).toEqual([]);
    expect(about.notes.length).toBeGreaterThan(0);
    expect(Object.values(about.variables).filter((meaning) => meaning === '')).toEqual([]);
  });

  it('has a schedule and windows that make sense', () => {
    expect(about.schedule.split(' ')).toHaveLength(5);
    expect(() => CronExpressionParser.parse(about.schedule, { tz: 'UTC' })).not.toThrow();
    expect(about.lagDays).toBeGreaterThanOrEqual(0);
    expect(about.trailingDays).toBeGreaterThan(about.lagDays);
    expect(about.historyMonths).toBeGreaterThanOrEqual(1);
    expect(about.chunkMonths).toBeGreaterThanOrEqual(1);
    expect(about.monthFinalOnDay).toBeGreaterThanOrEqual(0);
  });

  it('describes every setting, without a key twice or one that all sources have', () => {
    const keys = schemaReference(source.settings).map(({ path }) => path);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => SHARED.includes(key))).toEqual([]);
  });

  it('has an example that its own settings accept', () => {
    const list: Record<string, unknown>[] = parse(about.example).sources;
    expect(list.length).toBeGreaterThan(0);
    const names = list.flatMap(({ name, kind }) => [name, kind]);
    for (const step of about.steps)
      for (const [, named] of step.matchAll(/pennywatch poll ([\w-]+)/g)) expect(names).toContain(named);
    for (const entry of list) {
      expect(entry.kind).toBe(id);
      const own = Object.fromEntries(Object.entries(entry).filter(([key]) => !SHARED.includes(key)));
      expect(source.settings.safeParse(asTexts(own)).error).toBeUndefined();
      expect(source.permissions(asTexts(own)).documents.length).toBeGreaterThan(0);
    }
  });

  it('names the least that must be granted', () => {
    const { summary, documents } = source.permissions(undefined);
    expect(summary.length).toBeGreaterThan(20);
    expect(documents.length).toBeGreaterThan(0);
    for (const { title, language, text } of documents) {
      expect(title).not.toBe('');
      expect(text.trim()).not.toBe('');
      if (language === 'json') expect(() => JSON.parse(text)).not.toThrow();
      // Nothing with more rights than reading needs.
      expect(text).not.toMatch(
        /"(Action|actions)":\s*(\[\s*)?"\*"|roles\/(owner|editor)|AdministratorAccess/,
      );
    }
  });
});

test('loading the registry loads no SDK', () => {
  const heavy = 'node_modules/(@aws-sdk|@smithy|@google-cloud|google-auth-library|@azure|@duckdb)/';
  const hook = `export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    if (new RegExp(${JSON.stringify(heavy)}).test(found.url)) throw new Error('loaded ' + found.url);
    return found;
  }`;
  const load = (what: string) => {
    const script = `
      import { register } from 'node:module';
      register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hook)}`)});
      await import(${JSON.stringify(what)});`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', script];
    return spawnSync(process.execPath, args, { encoding: 'utf8', cwd: resolve(FOLDER, '../..') });
  };
  expect(load(join(FOLDER, 'registry.ts'))).toMatchObject({ status: 0 });
  expect(load('@aws-sdk/client-s3').stderr).toContain('loaded file:');
});

/** As pennywatch.yaml hands scalars over. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asTexts(one)]));
  return typeof value === 'string' ? value : String(value);
}
