/** Sentences from templates: values can never become markup, and broken templates never break a message. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/view/elements.ts';
import { SENTENCE_NAMES, SENTENCES } from '../../../src/view/templates/built-in.ts';
import { createSentences, isProblem, parseSentence, say } from '../../../src/view/templates/sentence.ts';

const mover = (template: string, slots: Record<string, string | boolean | null>): Span[] => {
  const parsed = parseSentence('report-mover', template);
  if (isProblem(parsed)) throw new Error(parsed.message);
  return parsed.render(slots);
};
const plain = (text: string): Span => ({ kind: 'text', text });

describe('values', () => {
  it.each([
    '<!channel>',
    '<@U123> & <https://evil.example|click>',
    '*bold* _it_ `code`',
    '{{ change }} {% raw %}',
    '\uE0001\uE001',
    '\uE001*x*\uE000',
    'a\nb',
  ])('%s stays the text it is', (name) => {
    expect(mover('{{ name }}', { name, change: 'SECRET' })).toEqual([plain(name)]);
    expect(mover('*{{ name }}* rose', { name })).toEqual([
      { kind: 'text', text: name, style: 'bold' },
      plain(' rose'),
    ]);
  });

  it('cannot close or open markup of the template', () => {
    expect(mover('*{{ name }} {{ reason }}*', { name: 'a*', reason: '*b' })).toEqual([
      { kind: 'text', text: 'a* *b', style: 'bold' },
    ]);
    expect(mover('{{ name }}x{{ reason }}', { name: '*', reason: '*' })).toEqual([plain('*x*')]);
  });

  it('cannot be read or forged by a template', () => {
    const sneaky = mover('{{ name.toString }}{{ name | size }} \uE0001\uE001 {{ name | json }}', {
      name: 'visible',
      change: 'SECRET',
    });
    expect(JSON.stringify(sneaky)).not.toContain('SECRET');
  });

  it('can be asked about: present, missing, equal', () => {
    const template = '{% if name == "bert" %}it is{% elsif owner %}owned{% else %}nobody{% endif %}';
    expect(mover(template, { name: 'bert' })).toEqual([plain('it is')]);
    expect(mover(template, { name: 'other', owner: 'Mira' })).toEqual([plain('owned')]);
    expect(mover(template, { name: 'other', owner: null })).toEqual([plain('nobody')]);
  });
});

describe('markup of a template', () => {
  it.each<[string, Span[]]>([
    [
      '*a* _b_ `c`',
      [
        { kind: 'text', text: 'a', style: 'bold' },
        plain(' '),
        { kind: 'text', text: 'b', style: 'italic' },
        plain(' '),
        { kind: 'text', text: 'c', style: 'code' },
      ],
    ],
    ['3 * 4 * 5', [plain('3 * 4 * 5')]],
    ['snake_case_name', [plain('snake_case_name')]],
    ['a * b', [plain('a * b')]],
    ['<!channel> <b>x</b>', [plain('<!channel> <b>x</b>')]],
    ['  two\n  lines ', [plain('two lines')]],
    ['{% comment %}x{% endcomment %}', []],
  ])('%s', (template, spans) => expect(mover(template, {})).toEqual(spans));
});

describe('broken templates', () => {
  it.each([
    ['an unknown value', 'fine\n{{ nmae }}', 2, 'there is no value "nmae" here'],
    ['an unknown value in a branch not taken', '{% if false %}\n\n{{ x }}{% endif %}', 3, 'no value "x"'],
    ['a tag that is not closed', '\n{% if name %}', 2, 'not closed'],
    ['an unknown filter', '{{ name | shout }}', 1, 'undefined filter: shout'],
    ['an unknown tag', '{% explode %}', 1, 'tag "explode" not found'],
    ['another file', '{% include "/etc/passwd" %}', 1, 'Failed to lookup'],
    ['an endless loop', '{% for i in (1..100000000) %}{{ i }}{% endfor %}', 1, 'limit'],
  ])('%s is named with its line', (_, template, line, message) => {
    const parsed = parseSentence('report-mover', template);
    expect(isProblem(parsed) && parsed.line).toBe(line);
    expect(isProblem(parsed) && parsed.message).toContain(message);
  });

  it('are replaced by the built-in words', () => {
    const given = createSentences(new Map([['report-mover', '{% if %}']] as const));
    const slots = { name: 'bert', change: '+$5' };
    expect(say(given, 'report-mover', slots)).toEqual(say(createSentences(), 'report-mover', slots));
  });

  it('that fail only with some values are replaced too', () => {
    const text = '{% if owner %}fine{% else %}{% for i in (1..99999999) %}{{ i }}{% endfor %}{% endif %}';
    const given = createSentences(new Map([['report-mover', text]] as const));
    expect(say(given, 'report-mover', { name: 'bert', change: '+$5', owner: 'Mira' })).toEqual([
      plain('fine'),
    ]);
    expect(say(given, 'report-mover', { name: 'bert', change: '+$5' })).toEqual([
      { kind: 'text', text: 'bert', style: 'bold' },
      plain(' +$5'),
    ]);
  });
});

describe('the files that come along', () => {
  const folder = join(import.meta.dirname, '../../../templates/messages');
  it('are one for every sentence', () => {
    expect(readdirSync(folder).sort()).toEqual(SENTENCE_NAMES.map((name) => `${name}.liquid`).sort());
  });
  it.each(SENTENCE_NAMES)('%s says what the built-in says, and what it may say', (name) => {
    const file = readFileSync(join(folder, `${name}.liquid`), 'utf8');
    expect(file.replace(/^\{% comment %\}[\s\S]*?\{% endcomment %\}\n/, '').trimEnd()).toBe(
      SENTENCES[name].text,
    );
    for (const slot of SENTENCES[name].slots) expect(file.split('{% endcomment %}')[0]).toContain(slot);
    expect(isProblem(parseSentence(name, file))).toBe(false);
  });
});
