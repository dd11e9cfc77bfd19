import { describe, expect, it } from 'vitest';
import type { AnswerShared } from '../../../src/core/answer.ts';
import { decimalToMicros } from '../../../src/core/money.ts';
import { spansToText } from '../../../src/view/fallback.ts';
import { sharedSpans } from '../../../src/view/messages/answer-shared.ts';

function said(direct: string, ...splits: readonly [string, string][]): string | undefined {
  const bySplit = splits.map(([name, cost]) => ({ name, cost: decimalToMicros(cost) }));
  const shared = bySplit.reduce((sum, { cost }) => sum + cost, 0n);
  const answer: AnswerShared = { direct: decimalToMicros(direct), shared, bySplit };
  const total = decimalToMicros(direct) + shared;
  const spans = sharedSpans({ shared: answer, total, currency: 'USD', by: 'model' });
  return spans && spansToText(spans).replaceAll('*', '');
}

describe('direct + shared', () => {
  it('is one sentence that names the splits', () => {
    expect(said('38000', ['shared platform', '2100'], ['embeddings by requests', '1100'])).toBe(
      '$41,200 = $38,000 direct + $3,200 shared (shared platform $2,100, embeddings by requests $1,100).',
    );
    expect(said('38000', ['shared platform', '3200'])).toBe(
      '$41,200 = $38,000 direct + $3,200 shared (shared platform).',
    );
  });

  it('adds up as it is shown', () => {
    expect(said('1000.4', ['a', '200.4'], ['b', '300.4'])).toBe(
      '$1,501 = $1,000 direct + $501 shared (a $201, b $300).',
    );
  });

  it('keeps the decimals of small parts', () => {
    expect(said('1000.4', ['a', '0.42'])).toBe('$1,001 = $1,000 direct + $0.42 shared (a).');
  });

  it('tells received and given apart, and counts what it leaves out', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name): [string, string] => [name, '100']);
    expect(said('5000', ...many, ['pool', '-4000'])).toBe(
      '$1,500 = $5,000 direct + $500 shared (a $100, b $100, c $100, and 2 more, $200) − $4,000 shared out (pool).',
    );
  });
});
