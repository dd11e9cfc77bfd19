import { expect, test } from 'vitest';
import { compactAmount, fullAmount, share } from '../../../src/view/charts/text/amounts.ts';
import { dayRange } from '../../../src/view/charts/text/dates.ts';
import { cleanName, cutMiddle, cutToFit } from '../../../src/view/charts/text/names.ts';

test.each([
  [1234, 'USD', '$1.23k'],
  [300, 'EUR', '€300'],
  [1_200_000, 'EUR', '€1.2M'],
  [0, 'USD', '$0'],
  [-0, 'USD', '$0'],
  [-1000, 'USD', '−$1k'],
  [0.002, 'USD', '$0.002'],
  [1200, 'TOKENS', '1.2k TOKENS'],
  [5, '', '5'],
  [5, 'a currency of far too many letters', '5 a currency o'],
])('%d %s on an axis is %s', (value, currency, words) => {
  expect(compactAmount(value, currency)).toBe(words);
});

test.each([
  [12_480_400_000n, 'USD', '$12,480'],
  [4_200_000n, 'USD', '$4.20'],
  [3_140n, 'USD', '$0.0031'],
  [-640_000_000n, 'USD', '−$640'],
  [0n, 'USD', '$0.00'],
  [1_500_000_000n, 'TOKENS', '1,500 TOKENS'],
])('%d micros of %s in a sentence is %s', (micros, currency, words) => {
  expect(fullAmount(micros, currency)).toBe(words);
});

test('a tiny share is not nothing', () => {
  expect(share(1n, 1_000n)).toBe('under 1 %');
  expect(share(0n, 1_000n)).toBe('0 %');
  expect(share(630n, 1_000n)).toBe('63 %');
});

test.each([
  ['2026-11-11', '2026-11-17', '11–17 Nov'],
  ['2026-10-22', '2026-11-20', '22 Oct–20 Nov'],
  ['2025-11-20', '2026-11-20', '20 Nov 2025–20 Nov 2026'],
  ['2026-11-20', '2026-11-20', '20 Nov'],
])('%s to %s is %s', (first, last, words) => {
  expect(dayRange(first, last)).toBe(words);
});

test.each([
  ['🔥 hot 🚀 model', 'hot model'],
  ['🔥', '🔥'],
  ['👩‍💻 team', 'team'],
  ['a\u202eb\nc', 'a b c'],
  ['نموذج اللغة', 'نموذج اللغة'],
  ['ACME™', 'ACME™'],
  ['  ', '(no name)'],
])('%j is drawn as %j', (name, drawn) => {
  expect(cleanName(name)).toBe(drawn);
});

test('a long name loses its middle', () => {
  expect(cutMiddle('projects/search/bert-prod', 11)).toBe('proje…-prod');
  expect(cutMiddle('short', 5)).toBe('short');
});

test('a cut never splits what people see as one character', () => {
  expect(cutMiddle('👩‍💻👩‍💻👩‍💻👩‍💻', 3)).toBe('👩‍💻…👩‍💻');
});

test('a name is cut to the longest that fits', () => {
  expect(cutToFit('abcdefghij', (text) => text.length <= 7)).toBe('abc…hij');
  expect(cutToFit('abc', (text) => text.length <= 7)).toBe('abc');
});
