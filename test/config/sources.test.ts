/** Live sources in pennywatch.yaml: defaults of the kind, own keys checked by the kind, mistakes with their lines. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { sources } from '../../src/sources/registry.ts';
import { folderWith } from './config-folder.ts';

function load(yaml: string) {
  return loadConfig({ cwd: folderWith({ 'pennywatch.yaml': yaml }), env: {} }).settings;
}

function mistake(yaml: string): string {
  try {
    load(yaml);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

describe('live sources', () => {
  it('take what is not written from their kind', () => {
    const about = sources.find(({ id }) => id === 'openai')?.about;
    expect(load('sources:\n  - kind: openai\n    trailingDays: 9\n').sources).toEqual([
      {
        name: 'openai',
        kind: 'openai',
        schedule: about?.schedule,
        historyMonths: about?.historyMonths,
        lagDays: about?.lagDays,
        trailingDays: 9,
        options: {},
      },
    ]);
  });

  it('may space out a schedule', () => {
    const [source] = load('sources:\n  - kind: openai\n    schedule: "0\\t7  * * MON"\n').sources;
    expect(source?.schedule).toBe('0 7 * * MON');
  });

  it('keep their own keys as written', () => {
    const table = 'lumen-billing.exports.gcp_billing_export_v1_0A1B2C_3D4E5F_678901';
    const [source] = load(`sources:\n  - kind: gcp-bigquery\n    table: ${table}\n    name: gcp\n`).sources;
    expect(source).toMatchObject({ name: 'gcp', options: { table } });
  });

  it.each([
    ['sources:\n  - kind: aws-cost-explore\n', ':2  sources[0].kind', 'did you mean "aws-cost-explorer"'],
    ['sources:\n  - name: x\n', ':2  sources[0].kind', 'expected the kind of a source'],
    ['sources:\n  - kind: openai\n    shedule: x\n', ':3  sources[0].shedule', 'did you mean "schedule"'],
    ['sources:\n  - kind: openai\n    schedule: hourly\n', ':3  sources[0].schedule', 'cron expression'],
    [
      'sources:\n  - kind: openai\n    schedule: "61 * * * *"\n',
      ':3  sources[0].schedule',
      'cron expression',
    ],
    ['sources:\n  - kind: openai\n    schedule: H 7 * * *\n', ':3  sources[0].schedule', 'cron expression'],
    ['sources:\n  - kind: openai\n  - kind: openai\n', ':3  sources[1]', 'openai'],
    ['sources:\n  - kind: gcp-bigquery\n', ':2  sources[0].table', 'expected'],
    ['sources:\n  - kind: openai\n    name: "a b"\n', ':3  sources[0].name', 'without spaces'],
    ['sources:\n  - openai\n', ':2  sources[0]', 'a mapping'],
    ['prices:\n  - provider: X\n    model: y\n    input: "-1"\n', ':4  prices[0].input', 'a price'],
  ])('%j is a mistake', (yaml, place, words) => {
    expect(mistake(yaml)).toContain(place);
    expect(mistake(yaml)).toContain(words);
  });
});
