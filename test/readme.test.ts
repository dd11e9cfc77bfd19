/** README's tables are the product's own: `UPDATE_README=1 npx vitest run test/readme.test.ts` writes them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parseHandOver } from '../src/commands/anomaly/hand-over.ts';
import { parseDecision } from '../src/commands/anomaly/parse.ts';
import { parseBacktest } from '../src/commands/backtest/parse.ts';
import { parseBudget, splitReason } from '../src/commands/budget/parse.ts';
import { parseForecast } from '../src/commands/forecast/parse.ts';
import { parseWords } from '../src/commands/grammar.ts';
import { parsePlan } from '../src/commands/plan/parse.ts';
import { parseProposal } from '../src/commands/proposal/parse.ts';
import { commands } from '../src/commands/registry.ts';
import { findCommand } from '../src/commands/run.ts';
import { tokenise } from '../src/commands/tokens.ts';
import { parseTtl } from '../src/commands/ttl/parse.ts';
import { environmentReference, settingsReference } from '../src/config.ts';
import { actionsTable, variablesOfActions } from './readme-actions.ts';
import { sourceSections, sourcesTable } from './readme-sources.ts';
import { reference, table } from './readme-table.ts';

const ROOT = resolve(import.meta.dirname, '..');
const README = join(ROOT, 'README.md');
const text = () => readFileSync(README, 'utf8');

const tables: Readonly<Record<string, string>> = {
  commands: table(
    ['command', 'what it tells', 'for example'],
    commands.map(({ name, usage, summary, examples }) => [
      `\`${`${name} ${usage}`.trim()}\``,
      summary,
      examples.map((example) => `\`${example}\``).join('<br>'),
    ]),
  ),
  settings: reference(settingsReference()),
  environment: reference(environmentReference()),
  sources: sourcesTable(),
  'source-sections': sourceSections(),
  actions: actionsTable(),
};

it.each(Object.entries(tables))('the %s part is up to date', (name, expected) => {
  const [start, end] = [`<!-- ${name}:start -->\n`, `<!-- ${name}:end -->`];
  const before = text();
  const from = before.indexOf(start) + start.length;
  const to = before.indexOf(end);
  if (process.env.UPDATE_README)
    writeFileSync(README, `${before.slice(0, from)}${expected}\n${before.slice(to)}`);
  expect(text().slice(from, text().indexOf(end)).trim()).toBe(expected);
});

it('links and pictures exist', () => {
  const paths = [...text().matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map((match) => match[1] as string);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(paths.length).toBeGreaterThan(3);
});

/** Reads an example as its command does; what only runs against a database is read as words. */
function wordsOf(command: string, args: string): unknown {
  const words = tokenise(args);
  const [verb, ...rest] = words;
  const options = { currency: 'USD', today: '2026-11-21' };
  if (command === 'budget' && verb?.text === 'set') return parseBudget(rest, options);
  if (command === 'budget' && verb?.text === 'request') return parseBudget(splitReason(rest).terms, options);
  if (command === 'plan' && words.length > 1 && verb?.text !== 'remove')
    return parsePlan(words, options.currency, options.today);
  if (command === 'forecast') return parseForecast(args);
  if (command === 'backtest') return parseBacktest(words);
  if (command === 'proposal') return parseProposal(words);
  if (command === 'ttl') return parseTtl(words);
  if (command === 'stop') return parseWords(args.replace(/ --(env|action) \S+/g, ''));
  if (command === 'anomaly')
    return parseHandOver(rest) ?? parseDecision(rest, { now: Date.parse(options.today), timeZone: 'UTC' });
  return parseWords(args);
}

it('every example of every command parses', () => {
  for (const example of commands.flatMap((command) => command.examples)) {
    const { command, args } = findCommand(example);
    expect(command, example).toBeDefined();
    if (command && command.name !== 'help') expect(() => wordsOf(command.name, args), example).not.toThrow();
  }
});

it('every variable of the environment that actions read is explained', () => {
  const acting = text().slice(text().indexOf('## Acting'), text().indexOf('## Forecasts'));
  const read = variablesOfActions();
  expect(read).toContain('GOOGLE_APPLICATION_CREDENTIALS');
  expect(read.filter((name) => !acting.includes(`\`${name}`))).toEqual([]);
});

it('Teams is connected in ten steps, with every variable it reads', () => {
  const from = text().indexOf('## Connect Teams');
  const section = text().slice(from, text().indexOf('\n## ', from));
  const [steps = ''] = section.split('\n### ');
  expect([...steps.matchAll(/^(\d+)\. /gm)].map(([, step]) => Number(step))).toEqual(
    Array.from({ length: 10 }, (_, index) => index + 1),
  );
  const read = environmentReference().map(({ path }) => path);
  const variables = read.filter((name) => /^Microsoft|TEAMS|PUBLIC_URL/.test(name));
  expect(variables.length).toBeGreaterThan(6);
  expect(variables.filter((name) => !section.includes(name))).toEqual([]);
});

it('npm scripts it names exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = [...text().matchAll(/npm run ([a-z:0-9]+)/g)].map((match) => match[1] as string);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
