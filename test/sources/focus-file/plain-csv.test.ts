import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Duck, openDuck } from '../../../src/sources/focus-file/duck.ts';
import { type PlainCsv, scanPlainCsv } from '../../../src/sources/focus-file/plain-csv.ts';
import { charge, csv } from '../../flows/import-focus/workbench.ts';

let duck: Duck;
let dir: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pennywatch-test-'));
  duck = await openDuck(join(dir, 'spill'));
});
afterEach(() => {
  duck.close();
  rmSync(dir, { recursive: true, force: true });
});

async function scan(content: string | Buffer): Promise<PlainCsv | undefined> {
  const path = join(dir, 'bill.csv');
  writeFileSync(path, content);
  return scanPlainCsv(duck, path, statSync(path).size, { onProgress: () => undefined });
}

const ROWS = [1, 2, 3].map((day) => charge(`2026-09-0${day}`, '1', { Tags: '{"team": "a, b"}' }));
const TEXT = csv(ROWS);

test.each([
  ['LF', TEXT],
  ['CRLF', TEXT.replaceAll('\n', '\r\n')],
  ['a BOM', `\ufeff${TEXT}`],
])('a row per line with %s is read as it is', async (_, content) => {
  const plain = await scan(content);
  expect(plain?.readable.rows).toBe(3);
  expect(plain?.opened.scan.lineOf(2)).toBe(4);
  expect(await duck.rows('SELECT DISTINCT "Tags" FROM scan')).toEqual([['{"team": "a, b"}']]);
});

test('a last line without line end is a row, and told apart', async () => {
  const plain = await scan(TEXT.trimEnd());
  expect(plain?.readable.rows).toBe(3);
  expect(plain?.opened.scan.unended).toMatchObject({ line: 4 });
});

test.each<[string, string | Buffer]>([
  ['rows of several lines', csv([...ROWS, charge('2026-09-04', '1', { ServiceName: 'two\nlines' })])],
  ['empty lines', TEXT.replace('\n', '\n\n')],
  ['both kinds of line ends', TEXT.replace('\n', '\r\n')],
  ['a row that is too short', `${TEXT}AWS,acct-1\n`],
  ['a quote that is never closed', `${TEXT}AWS,"acct-1\n`],
  ['text after a closing quote', TEXT.replace('AWS', '"A"WS')],
  ['bytes that are no UTF-8', Buffer.concat([Buffer.from(TEXT.trimEnd()), Buffer.from([0xe9, 10])])],
  ['a header only', `${TEXT.split('\n')[0]}\n`],
  ['other columns', 'a,b\n1,2\n'],
])('%s ask for a closer look, and leave nothing behind', async (_, content) => {
  expect(await scan(content)).toBeUndefined();
  expect(await duck.rows("SELECT * FROM duckdb_tables() WHERE table_name = 'scan'")).toEqual([]);
});
