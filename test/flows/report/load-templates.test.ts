/** Templates on disk: an organisation's come first, broken ones are named by doctor and passed over. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkTemplates } from '../../../src/flows/doctor/check-assets.ts';
import { loadSentences, templateProblems } from '../../../src/flows/report/load-templates.ts';
import { spansToText } from '../../../src/view/fallback.ts';
import { say } from '../../../src/view/templates/sentence.ts';

let folder: string;
let config: string;
let packaged: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pennywatch-templates-'));
  config = join(folder, 'pennywatch.yaml');
  packaged = join(folder, 'program', 'templates');
  for (const path of [join(folder, 'templates/messages'), join(packaged, 'messages')])
    mkdirSync(path, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const own = (name: string, text: string) => writeFileSync(join(folder, 'templates/messages', name), text);
const programs = (name: string, text: string) => writeFileSync(join(packaged, 'messages', name), text);
const mover = () =>
  spansToText(say(loadSentences(config, packaged), 'report-mover', { name: 'bert', change: '+$5' }));

it('the organisation’s file wins over the program’s, and that over the built-in words', () => {
  expect(mover()).toBe('bert +$5');
  programs('report-mover.liquid', 'program: {{ name }}');
  expect(mover()).toBe('program: bert');
  own('report-mover.liquid', 'ours: {{ name }} ({{ change }})');
  expect(mover()).toBe('ours: bert (+$5)');
  expect(templateProblems(config, packaged)).toEqual([]);
  expect(checkTemplates(packaged, config)).toMatchObject({ status: 'ok' });
});

it('a broken file is named with its line, and the built-in words are used', () => {
  own('report-mover.liquid', 'fine\n\n{{ nmae }}');
  own('weekly-haedline.liquid', 'x');
  own('notes.txt', 'not a template');
  expect(mover()).toBe('bert +$5');
  const check = checkTemplates(packaged, config);
  expect(check.status).toBe('warn');
  expect(check.detail).toContain(
    `${join(folder, 'templates/messages/report-mover.liquid')}:3 – there is no value "nmae"`,
  );
  expect(check.detail).toContain('weekly-haedline.liquid:1 – no message is called this');
  expect(check.detail).not.toContain('notes.txt');
});

it('a folder in place of a file is named and passed over', () => {
  mkdirSync(join(folder, 'templates/messages/report-mover.liquid'));
  expect(mover()).toBe('bert +$5');
  expect(templateProblems(config, packaged)).toMatchObject([
    { line: 1, message: expect.stringContaining('EISDIR') },
  ]);
});

it('without a configuration file there are the program’s own', () => {
  const ours = loadSentences();
  expect(spansToText(say(ours, 'report-mover', { name: 'bert', change: '+$5' }))).toBe('bert +$5');
  expect(templateProblems()).toEqual([]);
});

it('a folder that cannot be read is named too, and stops nothing', () => {
  const messages = join(folder, 'templates/messages');
  rmSync(messages, { recursive: true });
  writeFileSync(messages, 'a file where a folder is meant');
  expect(mover()).toBe('bert +$5');
  expect(checkTemplates(packaged, config)).toMatchObject({
    status: 'warn',
    detail: expect.stringContaining(`${messages}:1 – it cannot be read`),
  });
});
