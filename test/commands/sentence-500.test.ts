import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSentence, type SentenceAnswer } from '../../src/commands/sentence.ts';
import type { Context } from '../../src/flows/context.ts';
import { renderText } from '../../src/view/fallback.ts';
import { contextOf, openTempStore, type TempStore } from '../temp-store.ts';
import { makeSentences, type Sentence, type Truth } from './sentence/generate.ts';
import {
  addOrganisation,
  type Charge,
  makeCharges,
  plusDays,
  SETTINGS,
  WATERMARK,
} from './sentence/organisation.ts';

/** A Saturday, the last day of a month, and a Sunday on the first of one: ten sentences or more of each kind. */
const DAYS: readonly (readonly [string, number])[] = [
  ['2026-11-21', 30],
  ['2026-08-31', 10],
  ['2026-03-01', 10],
];
const ANSWERABLE = ['plain', 'breakdown', 'stage', 'money', 'dates', 'names', 'whole'];

interface Outcome {
  readonly sentence: Sentence;
  readonly today: string;
  readonly answer: SentenceAnswer;
}

let temp: TempStore;
const charges = makeCharges(7);
const outcomes: Outcome[] = [];

beforeAll(async () => {
  temp = await openTempStore();
  await addOrganisation(at('2026-11-21'), charges);
  for (const [index, [today, each]] of DAYS.entries())
    for (const sentence of makeSentences(100 + index, today, each)) {
      const context = { ...at(today), actor: { kind: 'console', user: 'test' } as const };
      outcomes.push({ sentence, today, answer: await answerSentence(context, sentence.text) });
    }
}, 300_000);
afterAll(() => temp.close());

function at(today: string): Context {
  return contextOf(temp.store, { now: `${today}T09:00:00Z`, settings: SETTINGS });
}

const isAnswered = ({ answer }: Outcome) => answer.command !== undefined;

describe('500 generated sentences of ten kinds', () => {
  it('are 500, of ten kinds', () => {
    expect(outcomes).toHaveLength(500);
    expect(new Set(outcomes.map(({ sentence }) => sentence.kind)).size).toBe(10);
  });

  it('never get a wrong number', () => {
    const wrong = outcomes.flatMap(({ sentence, today, answer }) => {
      if (answer.command === undefined || !sentence.truth) return [];
      const difference = differs(sentence.truth, today, answer);
      return difference ? [`${today} "${sentence.text}" → ${answer.command}: ${difference}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('are asked back without a figure when nobody can be sure', () => {
    const unsure = outcomes.filter(({ sentence }) => !sentence.truth);
    expect(unsure).toHaveLength(150);
    expect(unsure.filter(isAnswered).map(({ sentence }) => sentence.text)).toEqual([]);
    const figures = outcomes.filter(
      (outcome) => !isAnswered(outcome) && /[$€£]\s?\d/.test(figuresOf(outcome)),
    );
    expect(figures.map(({ sentence }) => sentence.text)).toEqual([]);
  });

  it('are understood in nine of ten cases where they can be', () => {
    const able = outcomes.filter(({ sentence }) => ANSWERABLE.includes(sentence.kind));
    const asked = able.filter((outcome) => !isAnswered(outcome));
    expect(able).toHaveLength(350);
    expect(asked.length, asked.map(({ sentence }) => sentence.text).join('\n')).toBeLessThanOrEqual(35);
  });

  it('say what they were understood as, or what else may be meant', () => {
    for (const { sentence, answer } of outcomes) {
      const text = renderText(answer.view);
      if (answer.command === undefined) expect(answer.data.error, sentence.text).toBeDefined();
      else if (answer.command !== sentence.text.replace(/[?.!]+$/, ''))
        expect(text, sentence.text).toContain(`Understood as /cost ${answer.command}`);
    }
  });
});

/** The message without what the person wrote, which is quoted back. */
function figuresOf({ sentence, answer }: Outcome): string {
  return sentence.text
    .split(/\s+/)
    .reduce((text, word) => text.replaceAll(word, ''), renderText(answer.view));
}

/** What an answer says otherwise than the truth; undefined when it is right to the micro. */
function differs(truth: Truth, today: string, { data }: SentenceAnswer): string | undefined {
  const yesterday = plusDays(today, -1);
  const end = WATERMARK < yesterday ? WATERMARK : yesterday;
  const { start, end: last } = truth.time ?? { start: plusDays(end, -29), end };
  const within = charges.filter(
    ({ day, service, region, tags }) =>
      day >= start &&
      day <= last &&
      Object.entries(truth.match).every(([key, value]) => ({ ...tags, service, region })[key] === value),
  );
  const saw = { scope: data.scope, period: data.period, currency: data.currency, basis: data.basis };
  const wanted = {
    scope: truth.scope,
    period: expect.objectContaining({ start, end: last }),
    currency: truth.currency ?? 'USD',
    basis: truth.billed ? 'billed' : 'effective',
  };
  if (!deepEqual(saw, wanted)) return `${JSON.stringify(saw)} is not ${start}..${last} of ${truth.scope}`;
  const total = sum(within, truth);
  if (micros(data.total) !== total && !(data.total === null && within.length === 0))
    return `${data.total} is not ${total} micros`;
  return truth.by === undefined ? undefined : rowsDiffer(truth, within, data);
}

function rowsDiffer(truth: Truth, within: readonly Charge[], data: Readonly<Record<string, unknown>>) {
  const by = truth.by as string;
  if (data.by !== by) return `by ${data.by} is not by ${by}`;
  const sums = new Map<string, Charge[]>();
  for (const charge of within) {
    const { service, region, tags } = charge;
    const key = { ...tags, service, region }[by] ?? 'unallocated';
    sums.set(key, [...(sums.get(key) ?? []), charge]);
  }
  const rows = data.rows as { key: string; cost: string; allocated: boolean }[];
  const wrong = rows.find(({ key, cost }) => micros(cost) !== sum(sums.get(key) ?? [], truth));
  if (wrong) return `${wrong.key} is not ${wrong.cost}`;
  const named = [...sums.keys()].filter((key) => truth.count === undefined || key !== 'unallocated');
  const expected = Math.min(named.length, truth.count ?? named.length);
  const shown = rows.filter(({ cost }) => micros(cost) !== 0n).length;
  return shown === expected ? undefined : `${shown} rows instead of ${expected}`;
}

/** 1 EUR is 1.25 USD on every day: a cent is 10,000 micros of a dollar and 8,000 of a euro. */
function sum(within: readonly Charge[], { currency, billed }: Truth): bigint {
  const cents = within.reduce((all, charge) => all + BigInt(charge.cents), 0n) * (billed ? 2n : 1n);
  return cents * (currency === 'EUR' ? 8_000n : 10_000n);
}

function micros(text: unknown): bigint {
  const [whole = '0', fraction = ''] = String(text ?? '0').split('.');
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

function deepEqual(saw: unknown, wanted: unknown): boolean {
  try {
    expect(saw).toEqual(wanted);
    return true;
  } catch {
    return false;
  }
}
