import { expect, test } from 'vitest';
import { parseTags } from '../../../src/sources/focus-file/tags.ts';

test.each<[string, string | null, string]>([
  ['nothing', null, '{}'],
  ['an empty text', '  ', '{}'],
  ['an empty object', '{}', '{}'],
  ['an object; keys sorted', '{"b": "2", "a": "1"}', '{"a":"1","b":"2"}'],
  ['a key with a leading space', '{" org": "x"}', '{" org":"x"}'],
  ['a list of key and value', '[{"key":"team","value":"search"}]', '{"team":"search"}'],
  ['a list of Key and Value', '[{"Key":"team","Value":"search"}]', '{"team":"search"}'],
  ['a list of name and value', '[{"name":"team","value":"search"}]', '{"team":"search"}'],
  ['an object without braces', '"k": "v","k2": "v2"', '{"k":"v","k2":"v2"}'],
  [
    'numbers keep their digits',
    '{"account": 12345678901234567890, "x": 1.50}',
    '{"account":"12345678901234567890","x":"1.50"}',
  ],
  ['digits inside of texts are left alone', '{"a": "v1.20 \\"2\\""}', '{"a":"v1.20 \\"2\\""}'],
  ['booleans and null', '{"a": true, "b": null}', '{"a":"true","b":""}'],
  ['nested values', '{"a": {"b": "c"}}', '{"a":"{\\"b\\":\\"c\\"}"}'],
  ['a mention', '{"team": "<!channel>"}', '{"team":"<!channel>"}'],
  ['a key that objects treat specially', '{"__proto__": "x"}', '{"__proto__":"x"}'],
])('%s', (_, text, json) => {
  expect(parseTags(text)).toEqual({ json, ok: true });
});

test.each(['team=search', '{"team": "sea', '["a", "b"]', '42', '[{"value": "x"}]'])(
  '%s cannot be read',
  (text) => {
    expect(parseTags(text)).toEqual({ json: '{}', ok: false });
  },
);
