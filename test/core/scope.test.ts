import { expect, it } from 'vitest';
import { parseScope, scopeKey } from '../../src/core/scope.ts';

it.each([
  'org',
  'team:search',
  'model:bert',
  'model:bert/training',
  'model:org/name',
  'service:Amazon SageMaker',
  'experiment:ablation-7',
  'key:ci-bot',
])('%s reads and writes the same', (text) => {
  expect(scopeKey(parseScope(text))).toBe(text);
});

it('tells a stage from a slash in a name', () => {
  expect(parseScope('model:meta/llama')).toEqual({ kind: 'model', name: 'meta/llama' });
  expect(parseScope('model:meta/llama/training')).toEqual({
    kind: 'model',
    name: 'meta/llama',
    stage: 'training',
  });
});

it.each(['', 'bert', 'model:', 'planet:x'])('refuses "%s" with the accepted forms', (text) => {
  expect(() => parseScope(text)).toThrow(/is not a scope/);
});
