/** `pennywatch report`: the files it writes and the codes it ends with. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { costs, fill } from '../flows/report/workbench.ts';
import { openFreshStore } from '../template-database.ts';
import { runCli } from './run-cli.ts';

const NOW = ['--now', '2026-11-23T08:00:00Z'];
let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-report-'));
  const store = await openFreshStore(join(dir, 'test.db'));
  const models = Array.from({ length: 14 }, (_, index) => costs({ model: `m${index}`, cost: index + 1 }));
  await fill(store, models.flat());
  await store.$disconnect();
  const config = 'teams:\n  - name: search\n    title: Search\n';
  writeFileSync(join(dir, 'pennywatch.yaml'), config);
  mkdirSync(join(dir, 'templates/messages'), { recursive: true });
  writeFileSync(join(dir, 'templates/messages/weekly-headline.liquid'), 'Week of {{ subject }}: {{ cost }}');
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(...args: string[]) {
  return runCli(['report', ...args, '--config', join(dir, 'pennywatch.yaml')], {
    DATABASE_URL: `file:${join(dir, 'test.db')}`,
    LOG_LEVEL: 'silent',
  });
}

it('writes the message, its thread, its text and its chart, in the organisation’s words', async () => {
  const out = join(dir, 'new/out');
  const { status, stdout } = await run('weekly', '--team', 'search', '--out', out, '--json', ...NOW);
  expect(status).toBe(0);
  const data = JSON.parse(stdout);
  expect(data).toMatchObject({ report: 'weekly', scope: 'team:search', total: '735' });
  expect(data.files).toEqual(
    [
      'message.slack.json',
      'message.teams.json',
      'weekly-cost.png',
      'thread-1.slack.json',
      'thread-1.teams.json',
      'message.txt',
    ].map((name) => join(out, name)),
  );
  expect(readdirSync(out).sort()).toEqual([
    'message.slack.json',
    'message.teams.json',
    'message.txt',
    'thread-1.slack.json',
    'thread-1.teams.json',
    'weekly-cost.png',
  ]);
  const message = JSON.parse(readFileSync(join(out, 'message.slack.json'), 'utf8'));
  expect(message.blocks[0]).toEqual({
    type: 'header',
    text: expect.objectContaining({ text: 'Week of Search: $735' }),
  });
  const { summary, attachments } = JSON.parse(readFileSync(join(out, 'message.teams.json'), 'utf8'));
  expect(summary).toContain('Week of Search: $735');
  expect(attachments[0].content).toMatchObject({ type: 'AdaptiveCard', version: '1.5' });
  expect(JSON.stringify(attachments[0].content.body[0])).toContain('Week of Search: ');
  expect(readFileSync(join(out, 'weekly-cost.png')).subarray(1, 4).toString()).toBe('PNG');
  expect(readFileSync(join(out, 'message.txt'), 'utf8')).toMatch(
    /^Week of Search: \$735\n[\s\S]*model 11–14 of 14/,
  );
});

it('prints the daily report of everything unless told', async () => {
  const { status, stdout } = await run('daily', ...NOW);
  expect(status).toBe(0);
  expect(stdout).toContain('$105 on Sun 22 Nov');
});

it.each([
  [['weekly', '--team', 'serch', ...NOW], 1, 'Did you mean team:search?'],
  [['monthly'], 2, 'weekly, daily'],
  [['weekly', '--scope', 'nothing:x'], 2, 'is not a scope'],
  [['weekly', '--team', 'search', '--scope', 'org'], 2, 'both a team and a scope'],
])('%j ends with %i', async (args, code, said) => {
  const { status, stderr } = await run(...args);
  expect(status).toBe(code);
  expect(stderr).toContain(said);
});
