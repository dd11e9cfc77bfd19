/** Whoever changes what a whole process shares runs apart: the files after would see it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APART, PUT_BACK } from './apart.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Variables, output, exit code, signals, modules, the clock and globals are the process's. */
const CHANGES = new RegExp(
  [
    String.raw`\bvi\.(stub\w+|mock|doMock|spyOn|useFakeTimers|setSystemTime|resetModules)\(`,
    String.raw`\bprocess\.env(\.\w+|\[[^\]]+\]) = |\bdelete process\.env\b|\bObject\.assign\(process\.env\b`,
    String.raw`\bprocess\.(exitCode|title|umask|stdin|stdout) = |\bprocess\.(chdir|on|once)\(`,
    String.raw`\bglobalThis(\.\w+|\[[^\]]+\]) = |\bsetGlobalDispatcher\(|\bconfigureGlobal\(`,
    String.raw`\b[A-Z]\w*\.prototype\.\w+ = |\bSettings\.(now|default\w+) = `,
  ].join('|'),
);

/** Only what starts processes of its own is here, beside tests. */
const PROGRAMS = ['test/bench/', 'test/crash/', 'test/e2e/'];
/** Vitest's own process calls it before the first test. */
const BEFORE_ALL = 'test/template-database.ts';

const files = readdirSync(join(ROOT, 'test'), { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.test.ts') || !PROGRAMS.some((folder) => path.startsWith(folder)))
  .filter((path) => path !== BEFORE_ALL && path !== 'test/apart.test.ts' && !path.startsWith('test/e2e/'));

const places = [...APART, ...PUT_BACK];
const isApart = (path: string) => places.some((place) => path === place || path.startsWith(place));

describe('tests that run apart', () => {
  it('are all that change what a process shares', () => {
    const changing = files.filter((path) => CHANGES.test(readFileSync(join(ROOT, path), 'utf8')));
    expect(changing.filter((path) => !isApart(path))).toEqual([]);
  });

  it('are there', () => {
    expect(places.filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
  });

  it.each([
    'vi.stubEnv("A", "1")',
    'process.env.HOME = dir;',
    'process.exitCode = 2;',
    "process.once('SIGINT', stop)",
  ])('%s is seen', (text) => expect(text).toMatch(CHANGES));
});
