/** Which price holds: one's own, the longest match, the day. */
import { describe, expect, it } from 'vitest';
import { createFindPrice } from '../../../src/analysis/estimate/find-price.ts';
import { PRICES } from '../../../src/analysis/estimate/prices.ts';
import { isDay } from '../../../src/core/day.ts';
import { parseDecimal } from '../../../src/core/money.ts';
import type { TokenPrice } from '../../../src/core/settings.ts';

function price(model: string, input: string, from = '2026-01-01'): TokenPrice {
  return { provider: 'OpenAI', model, currency: 'USD', from, input };
}

describe('createFindPrice', () => {
  it('takes the longest pattern, whatever the order', () => {
    const table = [price('gpt-4o*', '1'), price('gpt-4o-mini*', '2'), price('*', '3')];
    for (const prices of [table, [...table].reverse()]) {
      const find = createFindPrice([], prices);
      expect(find('OpenAI', 'gpt-4o-mini-2024-07-18', '2026-05-01')?.input).toBe('2');
      expect(find('openai', 'GPT-4o-2024-08-06', '2026-05-01')?.input).toBe('1');
      expect(find('OpenAI', 'o3', '2026-05-01')?.input).toBe('3');
      expect(find('Anthropic', 'o3', '2026-05-01')).toBeUndefined();
    }
  });

  it('goes by the day, and knows no price before the first', () => {
    const find = createFindPrice([], [price('o3', '10', '2026-02-01'), price('o3', '2', '2026-06-10')]);
    expect(find('OpenAI', 'o3', '2026-06-09')?.input).toBe('10');
    expect(find('OpenAI', 'o3', '2026-06-10')?.input).toBe('2');
    expect(find('OpenAI', 'o3', '2026-01-31')).toBeUndefined();
  });

  it('puts own prices before the table, from their first day on', () => {
    const find = createFindPrice([price('gpt-4o*', '0.7', '2026-03-01')], [price('gpt-4o-mini', '2')]);
    expect(find('OpenAI', 'gpt-4o-mini', '2026-03-01')?.input).toBe('0.7');
    expect(find('OpenAI', 'gpt-4o-mini', '2026-02-28')?.input).toBe('2');
  });

  it.each([
    ['OpenAI', 'gpt-4o-2024-08-06', '2.5', '10'],
    ['OpenAI', 'gpt-4o-2024-05-13', '5', '15'],
    ['OpenAI', 'gpt-4o-mini-2024-07-18', '0.15', '0.6'],
    ['OpenAI', 'o3', '2', '8'],
    ['OpenAI', 'text-embedding-3-small', '0.02', undefined],
    ['Anthropic', 'claude-sonnet-4-20250514', '3', '15'],
    ['Anthropic', 'claude-opus-4-1-20250805', '15', '75'],
    ['Anthropic', 'claude-opus-4-5-20251101', '5', '25'],
    ['Anthropic', 'claude-haiku-4-5', '1', '5'],
  ])('the table has %s %s', (provider, model, input, output) => {
    const found = createFindPrice([])(provider, model, '2026-11-20');
    expect(found?.input).toBe(input);
    expect(found?.output).toBe(output);
  });

  it.each(['gpt-4o-audio-preview', 'gpt-4o-realtime-preview', 'gpt-99', 'o3-deep-research', 'whisper-1'])(
    'the table does not guess a price for %s',
    (model) => {
      expect(createFindPrice([])('OpenAI', model, '2026-11-20')).toBeUndefined();
    },
  );

  it('the table is well-formed', () => {
    for (const { from, currency, provider: _, model: __, ...amounts } of PRICES) {
      expect(isDay(from)).toBe(true);
      expect(currency).toBe('USD');
      for (const amount of Object.values(amounts)) expect(parseDecimal(amount).digits > 0n).toBe(true);
    }
    const keys = PRICES.map(({ provider, model, from }) => `${provider} ${model} ${from}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
