/** An organisation whose names are hard to tell from ordinary words, and its charges, kept for the test's own sums. */
import type { Context } from '../../../src/flows/context.ts';
import { addFacts } from '../../temp-store.ts';

export interface Charge {
  readonly day: string;
  /** Whole cents; the bill's own amount is twice as much. */
  readonly cents: number;
  readonly service: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Model → its team and stages. */
const MODELS: Readonly<Record<string, { team?: string; service: string; feature?: string }>> = {
  bert: { team: 'search', service: 'Amazon SageMaker' },
  'bert-large': { team: 'search', service: 'Amazon SageMaker' },
  'ranker-v3': { team: 'search', service: 'Amazon SageMaker', feature: 'checkout' },
  'gpt-4o': { team: 'growth', service: 'Azure OpenAI Service', feature: 'checkout' },
  search: { team: 'trust-safety', service: 'Amazon Bedrock' },
  may: { team: 'growth', service: 'Amazon Bedrock' },
  now: { team: 'growth', service: 'Amazon Bedrock' },
  week: { team: 'trust-safety', service: 'Amazon SageMaker' },
  top: { service: 'Amazon SageMaker' },
  'café müller': { team: 'data', service: 'Amazon Bedrock' },
};
const STAGES = ['training', 'inference'];
const FIRST = '2025-11-02';
const LAST = '2026-11-20';

export const WATERMARK = '2026-11-19';

export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function plusDays(day: string, count: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Every model costs something every few days, never the same; some cost belongs to nobody. */
export function makeCharges(seed: number): Charge[] {
  const next = random(seed);
  const charges: Charge[] = [];
  for (const [model, { team, service, feature }] of Object.entries(MODELS))
    for (let day = FIRST; day <= LAST; day = plusDays(day, 2 + Math.floor(next() * 7)))
      charges.push({
        day,
        cents: 100 + Math.floor(next() * 1_000_000),
        service,
        region: next() < 0.5 ? 'us-east-1' : 'eu-west-1',
        tags: {
          model,
          ...(team && { team }),
          ...(feature && { feature }),
          stage: STAGES[Math.floor(next() * 2)] as string,
        },
      });
  for (let day = FIRST; day <= LAST; day = plusDays(day, 9))
    charges.push({ day, cents: 777, service: 'Amazon S3', region: 'us-east-1', tags: {} });
  return charges;
}

/** Settings that make the names above sayable in other ways. */
export const SETTINGS = {
  organisation: 'Rehome',
  fx: [{ date: '2025-01-01', from: 'EUR', to: 'USD', rate: '1.25' }],
  dimensions: (['team', 'model', 'stage', 'feature'] as const).map((dimension) => ({
    dimension,
    tags: [dimension],
    values: {},
  })),
};

export async function addOrganisation(context: Context, charges: readonly Charge[]): Promise<void> {
  const { store } = context;
  const common = { managedBy: 'file', updatedAt: new Date(0) };
  for (const [name, title] of [
    ['search', 'Search & Ads'],
    ['growth', 'Growth'],
    ['trust-safety', 'Trust & Safety'],
    ['data', 'Data Platform'],
  ] as const)
    await store.team.create({ data: { name, title, ...common } });
  for (const [name, title, aliases] of [
    ['bert', 'BERT for search', []],
    ['ranker-v3', 'Relevance ranker', ['ranker']],
    ['café müller', 'Café Müller GmbH', ['cafe']],
  ] as const)
    await store.model.create({ data: { name, title, aliases: JSON.stringify(aliases), ...common } });
  const decimal = (cents: number) => (cents / 100).toFixed(2);
  await addFacts(
    context,
    charges.map(({ cents, ...fact }) => ({ ...fact, cost: decimal(cents), billed: decimal(cents * 2) })),
    WATERMARK,
  );
}
