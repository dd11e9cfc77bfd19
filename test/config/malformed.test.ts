import { describe, expect, it } from 'vitest';
import { mistakesIn, settingsFrom } from './config-folder.ts';

describe('text that is not YAML', () => {
  it.each([
    [
      'a tab',
      'teams:\n\t- name: search\n',
      'pennywatch.yaml:2  found a tab (shown as →) before a value, expected spaces',
      '  2 | →- name: search',
    ],
    [
      'a key twice',
      'currency: USD\ncurrency: EUR\n',
      'pennywatch.yaml:2  found the key "currency" a second time, expected each key once',
      '  2 | currency: EUR',
    ],
    [
      'a user group without quotes',
      'models:\n  - name: bert\n    owner: @ml-leads\n',
      'pennywatch.yaml:3  found text that starts with @, expected it in quotes: "@…"',
      '  3 |     owner: @ml-leads',
    ],
    [
      'a colon in plain text',
      'organisation: Lumen: Labs\n',
      'pennywatch.yaml:1  found a second ": " on one line, expected quotes around text that contains ": "',
      '  1 | organisation: Lumen: Labs',
    ],
    [
      'an open quote',
      'organisation: "Lumen\ncurrency: USD\n',
      'pennywatch.yaml:2  found unfinished YAML (missing closing "quote), expected the missing character here or on the line before',
      '  2 | currency: USD',
    ],
    [
      'a tag',
      'organisation: !env NAME\n',
      'pennywatch.yaml:1  found a YAML tag (!env), expected plain text, lists and mappings',
      '  1 | organisation: !env NAME',
    ],
    [
      'two documents',
      'currency: USD\n---\ncurrency: EUR\n',
      'pennywatch.yaml:2  found a second document (---), expected one',
      '  2 | ---',
    ],
  ])('%s is told with its line', (_, yaml, ...expected) => {
    expect(mistakesIn(yaml)).toEqual(expected);
  });

  it('a glob without quotes is a reference to YAML: says to quote it', () => {
    const yaml =
      'allocation:\n  rules:\n    - name: r\n      match: { ServiceName: *sage }\n      set: { team: a }\n';
    expect(mistakesIn(yaml)[0]).toBe(
      'pennywatch.yaml:4  allocation.rules[0].match.ServiceName: found *sage, which YAML reads as a reference to &sage, and there is none. Put text that starts with * in quotes: "*sage"',
    );
  });

  it('an unclosed bracket names the line where it shows', () => {
    expect(mistakesIn('dimensions:\n  team: { tags: [team, squad }\ncurrency: USD\n')[0]).toMatch(
      /^pennywatch\.yaml:[23] {2}found /,
    );
  });
});

describe('documents made to harm', () => {
  it('references that multiply are refused', () => {
    const letters = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const bomb = letters.map((letter, index) => {
      const before = String.fromCharCode(letter.charCodeAt(0) - 1);
      return `${letter}: &${letter} [${Array(10)
        .fill(index === 0 ? 'x' : `*${before}`)
        .join(', ')}]`;
    });
    expect(mistakesIn(`${bomb.join('\n')}\n`)).toEqual([
      'pennywatch.yaml  found references (*name) that unfold to more than 200,000 values, expected the settings written out',
    ]);
  });

  it.each([['['.repeat(30_000)], ['- '.repeat(30_000)], [`a: ${'{a: '.repeat(3_000)}`]])(
    'nesting without end is refused',
    (yaml) => {
      expect(mistakesIn(yaml)).toEqual([
        'pennywatch.yaml:1  found more than 40 levels of nesting, expected at most 7',
      ]);
    },
  );

  it('a value that contains itself is refused', () => {
    expect(mistakesIn('teams: &a [*a]\n')[0]).toBe(
      'pennywatch.yaml:1  teams[0]: found *a inside the value it stands for, expected a value that does not contain itself',
    );
  });

  it('__proto__ is no key', () => {
    expect(mistakesIn('__proto__: { currency: EUR }\n')[0]).toContain('found a key that is no plain text');
  });

  it('bytes that are not UTF-8 are refused', () => {
    expect(mistakesIn(new Uint8Array([0x6f, 0xff, 0xfe]))).toEqual([
      'pennywatch.yaml  found bytes that are not UTF-8, expected UTF-8 text: save the file in that encoding',
    ]);
  });
});

describe('YAML that only looks unusual', () => {
  it('a reference that is used as meant works', () => {
    const settings = settingsFrom(
      'teams:\n  - { name: a, members: &people [{ name: Mira, email: mira@x.example }] }\n  - { name: b, members: *people }\n',
    );
    expect(settings.teams[1]?.members).toEqual([{ name: 'Mira', email: 'mira@x.example' }]);
  });

  it('an empty file and keys without a value mean the defaults', () => {
    expect(settingsFrom('')).toEqual(settingsFrom('teams:\nmodels: ~\ncurrency: null\n'));
  });

  it('Windows line ends and a byte order mark do not matter', () => {
    expect(settingsFrom('\uFEFForganisation: Lumen\r\ncurrency: EUR\r\n')).toMatchObject({
      organisation: 'Lumen',
      currency: 'EUR',
    });
  });
});
