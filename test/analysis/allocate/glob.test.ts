import { expect, it } from 'vitest';
import { matchesGlob } from '../../../src/analysis/allocate/glob.ts';

it.each([
  ['bert', 'BERT', true],
  ['*bert*', 'arn:endpoint/bert-1', true],
  ['bert-?', 'bert-10', false],
  ['bert-*', 'bert-', true],
  ['*', '', true],
  ['a*b*c', 'aXXbYYc', true],
  ['a*b*c', 'aXXbYY', false],
  ['a.c', 'abc', false],
  ['(bert)', '(bert)', true],
])('%s on %s: %s', (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

it('is not hung by many stars', () => {
  expect(matchesGlob(`${'*a'.repeat(50)}b`, 'a'.repeat(5_000))).toBe(false);
});
