import { describe, expect, it } from 'vitest';
import { parseWords } from '../../src/commands/grammar.ts';
import { AppError } from '../../src/core/errors.ts';

function refusal(text: string): { message: string; hint?: string } {
  try {
    parseWords(text);
  } catch (error) {
    if (error instanceof AppError) return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error(`"${text}" was accepted`);
}

describe('command words', () => {
  it.each([
    ['bert', { name: 'bert' }],
    ['bert 30d', { name: 'bert', period: { kind: 'days', count: 30 } }],
    ['30d bert by service', { name: 'bert', period: { kind: 'days', count: 30 }, by: 'service' }],
    [
      'bert last week by version in eur --basis billed',
      {
        name: 'bert',
        period: { kind: 'last', unit: 'week' },
        by: 'modelVersion',
        currency: 'EUR',
        basis: 'billed',
      },
    ],
    ['Amazon SageMaker 2026-10', { name: 'Amazon SageMaker', period: { kind: 'month', month: '2026-10' } }],
    ['“Amazon SageMaker” --basis=list', { name: 'Amazon SageMaker', basis: 'list' }],
    ['"30d" mtd', { name: '30d', period: { kind: 'to-date', unit: 'month' } }],
    ['"by service"', { name: 'by service' }],
    ['in EUR', { name: '', currency: 'EUR' }],
    [
      'bert 2026-10-01 to 2026-10-15',
      { name: 'bert', period: { kind: 'range', start: '2026-10-01', end: '2026-10-15' } },
    ],
    ['модель 🤖 7d', { name: 'модель 🤖', period: { kind: 'days', count: 7 } }],
    ['שלום', { name: 'שלום' }],
    ['', { name: '' }],
  ])('%s', (text, words) => {
    expect(parseWords(text)).toEqual(words);
  });

  it.each([
    ['bert 30x', 'I don\'t know the time "30x".'],
    ['bert last fortnight', 'I don\'t know the time "last fortnight".'],
    ['bert 2026-13', 'I don\'t know the time "2026-13".'],
    ['bert by colour', 'I can\'t break costs down by "colour".'],
    ['bert by', 'By what?'],
    ['bert in space', '"space" is not a currency.'],
    ['bert --basis gross', '"gross" is not a cost basis.'],
    ['bert --verbose', 'I don\'t know the option "--verbose".'],
    ['bert 7d 30d', 'The command says the time twice.'],
  ])('%s is refused in words', (text, message) => {
    const refused = refusal(text);
    expect(refused.message).toBe(message);
    expect(refused.hint).toBeTruthy();
  });

  it('refuses a 10,000-character command', () => {
    expect(refusal('x'.repeat(10_000)).message).toBe('That command is 10,000 characters long.');
  });
});
