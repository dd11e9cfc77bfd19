import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerSentence } from '../../src/commands/sentence.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Context } from '../../src/flows/context.ts';
import { addFacts, contextOf, openTempStore, type TempStore } from '../temp-store.ts';
import { random } from './sentence/organisation.ts';

/** Words of the grammar, names, times, punctuation and odd characters. */
const KNOWN =
  "how much did the bert ranker search may week cost spend we all models team top 5 last week month in october by service region between 1 and 15 november to since monday euros EUR billed who owns budget compare vs subscribe me weekly help what's why jump unallocated 2026-10 12/11 q3 30d ? ! , \" ' & - ( ) training most expensive yesterday of for on".split(
    ' ',
  );
/** None of these may be ignored. */
const UNKNOWN =
  'tax dev users excluding without horoscope next will average if except kubernetes Kosten 東京 prod-eu tomorrow half-price zero cheaper #42 $500 👀x --drop ../etc'.split(
    ' ',
  );

let temp: TempStore;
let context: Context;

beforeAll(async () => {
  temp = await openTempStore();
  context = contextOf(temp.store, { now: '2026-11-21T09:00:00Z' });
  await addFacts(
    context,
    ['bert', 'ranker', 'search', 'may', 'week'].map((model) => ({
      day: '2026-11-10',
      cost: '10',
      tags: { model, team: model === 'bert' ? 'search' : 'growth' },
    })),
  );
});
afterAll(() => temp.close());

async function answered(text: string): Promise<boolean> {
  try {
    const asked = { ...context, actor: { kind: 'person', platform: 'slack', id: 'U9' } as const };
    return (await answerSentence(asked, text, { mayChange: false })).command !== undefined;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'INTERNAL') return false;
    throw new Error(`"${text}" threw`, { cause: error });
  }
}

it('word salads are answered or asked back, and never fall over', async () => {
  const next = random(41);
  let answers = 0;
  for (let i = 0; i < 150; i++) {
    const words = Array.from(
      { length: 1 + Math.floor(next() * 12) },
      () => KNOWN[Math.floor(next() * KNOWN.length)],
    );
    if (await answered(words.join(' '))) answers++;
  }
  expect(answers).toBeLessThan(150);
}, 120_000);

it('a sentence with a word that nobody knows is never answered', async () => {
  const next = random(42);
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] as string;
  const sentences = Array.from({ length: 150 }, () => {
    const words =
      `how much did ${pick(['bert', 'ranker', 'team growth', 'we'])} cost ${pick(['last week', 'in October', '30d', 'on 12 November', ''])} ${pick(['by service', 'in euros', ''])}`
        .trim()
        .split(/\s+/);
    words.splice(Math.floor(next() * (words.length + 1)), 0, pick(UNKNOWN));
    return words.join(' ');
  });
  const wrong: string[] = [];
  for (const sentence of sentences) if (await answered(sentence)) wrong.push(sentence);
  expect(wrong).toEqual([]);
}, 120_000);
