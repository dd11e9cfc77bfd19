import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { environmentReference, loadConfig, settingsReference } from '../../src/config.ts';
import { folderWith } from './config-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const written = readFileSync(resolve(ROOT, 'pennywatch.example.yaml'), 'utf8');
/** With the parts that are only shown (sources need accounts) taken as if they were meant. */
const text = written.replace(/^# (?=(sources|prices):)[\s\S]*?(?=\n\n|\n*$(?![\s\S]))/gm, (part) =>
  part.replace(/^# /gm, ''),
);

describe('pennywatch.example.yaml', () => {
  const { settings } = loadConfig({ file: 'pennywatch.example.yaml', cwd: ROOT, env: {} });

  it('has no mistakes and uses every part', () => {
    for (const part of [settings.fx, settings.teams, settings.models, settings.budgets, settings.rules])
      expect(part).not.toEqual([]);
  });

  it('shows live sources and prices that would be taken as they are', () => {
    const shown = loadConfig({ cwd: folderWith({ 'pennywatch.yaml': text }), env: {} }).settings;
    expect(settings.sources).toEqual([]);
    expect(shown.sources.map(({ name, kind }) => [name, kind])).toEqual([
      ['aws', 'aws-cost-explorer'],
      ['openai', 'openai'],
    ]);
    expect(shown.prices[0]).toMatchObject({ model: 'gpt-4o-2024*', input: '2.50', batchFactor: '0.5' });
  });

  it('has every key of the schema and no other', () => {
    const paths = new Set(
      pathsOf(parse(text)).map((path) =>
        path.replace(/^dimensions\.\w+/, 'dimensions.NAME').replace(/(splits\[\]\.from)\.\w+/, '$1.NAME'),
      ),
    );
    const known = settingsReference().map(({ path }) => path);
    expect(
      [...paths].filter(
        (path) =>
          !known.some((key) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`)),
      ),
    ).toEqual([]);
    expect(
      known.filter(
        (key) =>
          ![...paths].some(
            (path) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`),
          ),
      ),
    ).toEqual([]);
  });

  it('shows the dimensions as they are by default', () => {
    expect(settings.dimensions).toEqual(loadConfig({ cwd: folderWith({}), env: {} }).settings.dimensions);
  });
});

describe('reference', () => {
  it('says type, default and meaning of everything', () => {
    for (const { path, type, default: fallback, meaning } of [
      ...settingsReference(),
      ...environmentReference(),
    ]) {
      expect([path, type, fallback, meaning].every((word) => word.length > 0)).toBe(true);
      expect(meaning).toMatch(/\.$/);
    }
  });

  it('tells what must be written from what may be', () => {
    const fallbacks = Object.fromEntries(
      settingsReference().map(({ path, default: fallback }) => [path, fallback]),
    );
    expect(fallbacks).toMatchObject({
      timeZone: 'UTC',
      'teams[].name': 'required',
      'teams[].owner': 'none',
      'budgets[].currency': 'the reporting currency',
      'storage.resourceDays': '35',
    });
  });

  it('lists the variables that the environment is read for', () => {
    expect(environmentReference().map(({ path }) => path)).toEqual([
      'PORT',
      'DATABASE_URL',
      'SLACK_BOT_TOKEN',
      'SLACK_SIGNING_SECRET',
      'SLACK_APP_TOKEN',
      'SLACK_API_URL',
      'MicrosoftAppId',
      'MicrosoftAppPassword',
      'MicrosoftAppType',
      'MicrosoftAppTenantId',
      'PENNYWATCH_TEAMS_TENANTS',
      'PENNYWATCH_TEAMS_CHARTS',
      'PENNYWATCH_TEAMS_LOCAL',
      'PENNYWATCH_PUBLIC_URL',
      'PENNYWATCH_API_TOKEN',
      'LOG_LEVEL',
    ]);
  });
});

/** Paths of every leaf, list positions left out. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [path] : value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Object.entries(value);
  return entries.length === 0
    ? [path]
    : entries.flatMap(([key, item]) => pathsOf(item, path ? `${path}.${key}` : key));
}
