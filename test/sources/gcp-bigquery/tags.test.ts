import { expect, it } from 'vitest';
import { tagsOf } from '../../../src/sources/gcp-bigquery/tags.ts';

const kept = new Set(['team', 'model', '__proto__']);

it('reads repeated keys and values, mappings, and the first text that has a key', () => {
  expect(
    tagsOf(['[{"key":"team","value":"a$b"},{"key":"x","value":"y"}]', '{"team":"other","model":"ü"}'], kept),
  ).toEqual({ team: 'a$b', model: 'ü' });
});

it('keeps empty values, and takes tags without a value for empty ones', () => {
  expect(tagsOf(['{"team":""}', '[{"key":"model","value":null}]'], kept)).toEqual({ team: '', model: '' });
});

it('takes no text, null and "null" for no tags', () => {
  expect(tagsOf([undefined, null, '', 'null', '[]', '{}'], kept)).toEqual({});
});

it('has no trouble with keys that JavaScript knows', () => {
  const tags = tagsOf(['[{"key":"__proto__","value":"polluted"},{"key":"constructor","value":"x"}]'], kept);
  expect(Object.entries(tags)).toEqual([['__proto__', 'polluted']]);
});

it.each(['not json', '7', '[1]', '{"team":{"a":1}}'])('refuses %s', (text) => {
  expect(() => tagsOf([text], kept)).toThrow(/not JSON of keys and values/);
});
