/** What a synthetic organisation spends, told without any vendor's shapes: every stand-in serves the same month. */
import { eachDay } from '../../../src/core/day.ts';
import { createRandom } from './random.ts';

export interface TruthCharge {
  readonly day: string;
  readonly service: string;
  readonly account: string;
  /** "" stands for a tag with an empty value; absent keys are untagged. */
  readonly tags: Readonly<Record<string, string>>;
  /** Decimal text; negative for credits and corrections. */
  readonly amount: string;
  readonly currency: string;
  /** For vendors of language models. */
  readonly model: string;
  readonly tokens: {
    readonly input: number;
    readonly cached: number;
    readonly output: number;
    readonly requests: number;
  };
}

export interface TruthOptions {
  readonly start: string;
  readonly end: string;
  readonly services?: number;
  readonly accounts?: readonly string[];
  readonly currencies?: readonly string[];
  /** Digits after the point. */
  readonly decimals?: number;
  readonly seed?: number;
}

const TEAMS = ['search', 'growth', 'cost$center', 'данные', '', undefined] as const;
const MODELS = ['gpt-4o-2024-08-06', 'gpt-4o-mini', 'o3', 'text-embedding-3-small'] as const;

/**
 * Charges of every day and service: unicode, "$", empty and missing tags, amounts of many decimals, a negative row
 * about every twentieth. The same options give the same charges.
 */
export function truthCharges(options: TruthOptions): TruthCharge[] {
  const { services = 6, accounts = ['111111111111', '222222222222'], currencies = ['USD'] } = options;
  const random = createRandom(options.seed ?? 1);
  const decimals = options.decimals ?? 10;
  return eachDay(options.start, options.end).flatMap((day) =>
    Array.from({ length: services }, (_, index): TruthCharge[] => {
      const count = 1 + Math.floor(random() * 2);
      return Array.from({ length: count }, () => {
        const team = TEAMS[Math.floor(random() * TEAMS.length)];
        const sign = random() < 0.05 ? '-' : '';
        const fraction = Array.from({ length: decimals }, () => Math.floor(random() * 10)).join('');
        return {
          day,
          service: `Service ${String(index + 1).padStart(2, '0')}`,
          account: accounts[Math.floor(random() * accounts.length)] ?? '111111111111',
          tags: { ...(team !== undefined && { team }), ...(random() < 0.5 && { model: 'bert' }) },
          amount: `${sign}${Math.floor(random() * 500)}.${fraction || '0'}`,
          currency: currencies[Math.floor(random() * currencies.length)] ?? 'USD',
          model: MODELS[index % MODELS.length] ?? MODELS[0],
          tokens: {
            input: Math.floor(random() * 2_000_000),
            cached: Math.floor(random() * 500_000),
            output: Math.floor(random() * 300_000),
            requests: 1 + Math.floor(random() * 900),
          },
        };
      });
    }).flat(),
  );
}
