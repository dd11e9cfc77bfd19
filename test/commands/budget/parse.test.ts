import { describe, expect, it } from 'vitest';
import { parseBudget, splitReason, termsText } from '../../../src/commands/budget/parse.ts';
import { tokenise } from '../../../src/commands/tokens.ts';

const AT = { currency: 'USD', today: '2026-11-21' };
const parse = (text: string) => parseBudget(tokenise(text), AT);
const said = (text: string) => {
  const { thing, terms } = parse(text);
  return `${thing} | ${termsText(terms)}`;
};

describe('what a budget is to be', () => {
  it.each([
    ['model bert 15k', 'model bert | 15000 USD monthly'],
    ['model:gpt-4o to €2.5k per week', 'model:gpt-4o | 2500 EUR weekly'],
    ['team:growth 500M tokens monthly', 'team:growth | 500000000 tokens monthly'],
    ['team growth 1.5B input tokens per quarter', 'team growth | 1500000000 input tokens quarterly'],
    ['key:ci 10k calls daily', 'key:ci | 10000 requests daily'],
    ['org 350 GPU-hours weekly', 'org | 350 gpu hours weekly'],
    [
      'experiment:x 5000 USD fixed 2026-11-20..2026-12-10',
      'experiment:x | 5000 USD fixed 2026-11-20..2026-12-10',
    ],
    [
      'experiment:x 5000 from 2026-11-20 until 2026-12-10',
      'experiment:x | 5000 USD fixed 2026-11-20..2026-12-10',
    ],
    ['experiment:x 5000 2026-11-20..', 'experiment:x | 5000 USD fixed 2026-11-20..'],
    ['experiment:x 5000 fixed', 'experiment:x | 5000 USD fixed 2026-11-21..'],
  ])('%s', (text, meaning) => {
    expect(said(text)).toBe(meaning);
    const [thing = '', terms = ''] = meaning.split(' | ');
    // What it says of itself means the same again.
    expect(said(`"${thing}" ${terms}`)).toBe(meaning);
  });

  it.each([
    ['org 5 USD tokens', "don't understand"],
    ['org $5 tokens', 'money or of usage'],
    ['org 99999B tokens', 'too large'],
    ['org 5B', 'not an amount'],
    ['org 5 fixed 2026-02-30..', 'not a calendar day'],
    ['org 5 2026-11-01 2026-11-02 2026-11-03', 'more than two days'],
    ['org 0 tokens', 'nothing'],
  ])('refuses %s', (text, words) => {
    expect(() => parse(text)).toThrow(words);
  });
});

describe('why it is asked for', () => {
  it.each([
    ['bert 20k two more retrains', 'bert 20k', 'two more retrains'],
    ['bert 20000 USD monthly because of 2 retrains a week', 'bert 20000 USD monthly', 'of 2 retrains a week'],
    ['model bert to 20 000 EUR per month for the launch', 'model bert to 20 000 EUR per month', 'the launch'],
    ['team:growth 500M tokens a big batch', 'team:growth 500M tokens', 'a big batch'],
    ['bert 20k all of it', 'bert 20k', 'all of it'],
    ['bert 20k "launch on 2026-12-01"', 'bert 20k', 'launch on 2026-12-01'],
    ['bert 20k', 'bert 20k', ''],
  ])('%s', (text, terms, reason) => {
    const split = splitReason(tokenise(text));
    expect([split.terms.map((token) => token.text).join(' '), split.reason]).toEqual([terms, reason]);
  });
});
