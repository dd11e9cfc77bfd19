import { expect, it } from 'vitest';
import { quoteName } from '../../src/core/question.ts';

it.each([
  ['bert', 'bert'],
  ['gpt-4.1/turbo', 'gpt-4.1/turbo'],
  ['Amazon S3', '"Amazon S3"'],
  ['30d', '"30d"'],
  ['2026', '"2026"'],
  ['today', '"today"'],
  ['All', '"All"'],
  ['the “big” "one"', `"the 'big' 'one'"`],
])('a name such as %s is written so that it is read as a name', (name, written) => {
  expect(quoteName(name)).toBe(written);
});
