/** What a forecast says at a month's end, beside plans, providers and earlier forecasts. */
import { expect, it } from 'vitest';
import { renderMessage } from '../../../src/chat/slack/render.ts';
import { addDays, eachDay } from '../../../src/core/day.ts';
import { renderText } from '../../../src/view/fallback.ts';
import { composeForecast } from '../../../src/view/messages/forecast.ts';
import type {
  ForecastAhead,
  ForecastAmount,
  ForecastFacts,
  ForecastSpan,
} from '../../../src/view/messages/forecast-types.ts';
import { blockKitProblems, liveParts } from '../../chat/slack/block-kit.ts';

const dollars = (amount: number) => BigInt(amount) * 1_000_000n;
const amount = (mean: number, half = 0): ForecastAmount => {
  const band = (share: number) => ({
    low: dollars(mean - Math.round(half * share)),
    high: dollars(mean + Math.round(half * share)),
  });
  return { mean: dollars(mean), bands: { '50': band(0.5), '80': band(1), '95': band(1.5) } };
};
const span = (start: string, end: string, of: ForecastAmount): ForecastSpan => ({
  days: { start, end },
  amount: of,
});

/** Until 30 Nov, unless so many days of it are to come. */
function facts(remainingDays: number, changes: Partial<ForecastFacts> = {}): ForecastFacts {
  const until = addDays('2026-11-30', -remainingDays);
  const next = addDays(until, 1);
  const ahead: ForecastAhead = {
    month: { ...span('2026-11-01', '2026-11-30', amount(3_000, remainingDays * 20)), remainingDays },
    nextDay: span(next, next, amount(100, 10)),
    next7: span(next, addDays(until, 7), amount(700, 50)),
    nextMonth: span('2026-12-01', '2026-12-31', amount(3_100, 300)),
    next90: span(next, addDays(until, 90), amount(9_000, 1_200)),
    days: eachDay(next, addDays(until, 90)).map((day) => ({ day, amount: amount(100, 10) })),
    running: eachDay(until, '2026-11-30').map((day, index) => ({
      day,
      amount: amount(3_000 - 100 * (remainingDays - index), index * 20),
    })),
    model: 'combination',
    parts: [
      { model: 'ets', weight: 0.6 },
      { model: 'theta', weight: 0.4 },
    ],
    trial: { smape: 0.08, mase: 0.7, origins: 40, naive: 1 },
    tried: [],
    learntDays: 200,
  };
  return {
    scope: { kind: 'team', name: 'search' },
    today: addDays(until, 1),
    currency: 'USD',
    until,
    spent: dollars(3_000 - 100 * remainingDays),
    history: eachDay(addDays(until, -69), until).map((day) => ({ day, micros: dollars(100) })),
    ahead,
    accuracy: {},
    providers: [],
    planned: [],
    sources: [],
    warnings: [],
    ...changes,
  };
}
const monthly = {
  currency: 'USD',
  period: 'monthly',
  current: { start: '2026-11-01', end: '2026-11-30' },
} as const;
const budget = (of: number) => ({
  ...monthly,
  amount: dollars(of),
  amountHere: dollars(of),
  spent: dollars(2_000),
  usedRatio: 0.5,
  perDay: undefined,
});

it('a month that is over is told as closed, and the next one first', () => {
  const text = renderText(composeForecast(facts(0, { budget: budget(2_900) })));
  expect(text).toMatch(/^Team search: \$3,100 in December \(80 %: \$2,800–\$3,400\); budget \$2,900\n/);
  expect(text).toContain('🔴 over budget: November closed at $3,000.');
  expect(text).not.toContain('November, whole month');
});

it.each([
  [3_400, '🟢 within budget'],
  [3_100, '🟠 may go over budget'],
  [2_950, '🔴 heading over budget'],
])('beside a budget of %i', (of, said) => {
  const view = composeForecast(facts(10, { budget: budget(of) }));
  expect(renderText(view)).toContain(
    `${said}: $2,000 spent until Fri 20 Nov; 10 days to come at about $100 a day`,
  );
  const [chart] = view.elements.flatMap((element) => (element.kind === 'chart' ? [element.chart] : []));
  expect(chart?.days).toHaveLength(30);
  expect(chart?.series.find(({ role }) => role === 'actual')?.values[19]).toBe(2_000);
});

it('tells the span that was asked for', () => {
  const first = (focus: 'nextDay' | 'next7' | 'next90') =>
    renderText(composeForecast(facts(10), focus)).split('\n')[0];
  expect(first('nextDay')).toBe('Team search: $100 on Sat 21 Nov (80 %: $90.00–$110)');
  expect(first('next7')).toBe('Team search: $700 in the 7 days 21–27 Nov (80 %: $650–$750)');
  expect(first('next90')).toBe(
    'Team search: $9,000 in the 90 days 21 Nov – 18 Feb 2027 (80 %: $7,800–$10,200)',
  );
});

it('says how it came about, how earlier ones came out, and what else is known', () => {
  const text = renderText(
    composeForecast(
      facts(10, {
        accuracy: {
          month: {
            madeOn: '2026-10-10',
            start: '2026-10-01',
            end: '2026-10-31',
            currency: 'USD',
            forecast: dollars(171_000),
            low: dollars(165_000),
            high: dollars(179_000),
            actual: dollars(174_000),
            ratio: 3 / 171,
          },
          months: { count: 38, typicalRatio: 0.031, within: 0.82 },
        },
        providers: [
          {
            source: 'aws',
            days: { start: '2026-11-21', end: '2026-11-30' },
            currency: 'USD',
            mean: dollars(12_300),
          },
        ],
        planned: [1, 2, 3, 4, 5].map((day) => ({
          scope: 'team:search',
          days: { start: `2026-12-0${day}`, end: `2026-12-0${day}` },
          amount: dollars(10 * day),
          currency: 'USD',
        })),
        warnings: ['openai is silent.'],
      }),
    ),
  );
  expect(text).toContain('October was forecast at $171,000 on Sat 10 Oct and came to $174,000 (+1.8 %).');
  expect(text).toContain(
    'Planned spend is in it: $10.00 on 1 Dec, $20.00 on 2 Dec, $30.00 on 3 Dec and 2 more, $90.00.',
  );
  expect(text).toContain(
    'Usage by a mean of exponential smoothing (Holt–Winters) (60 %) and the Theta method (40 %), chosen on its past: off by 8 % a day when tried from 40 past days, 30 % less than repeating last week.',
  );
  expect(text).toContain(
    'Month-end forecasts with a week or more to go were typically 3 % off (38 of them, 82 % within their 80 % range).',
  );
  expect(text).toContain('aws itself expects $12,300 for its whole bill of 21–30 Nov.');
  expect(text).toContain('⚠ openai is silent.');
});

it('is valid in Slack, and holds nothing live', () => {
  const scope = { kind: 'model', name: '<!channel> *x*' } as const;
  const view = composeForecast(facts(10, { scope, reason: '<@U1>', warnings: ['<!here>'] }));
  const numbered = view.elements.map((element, index) =>
    element.kind === 'actions'
      ? { ...element, buttons: element.buttons.map((button, at) => ({ ...button, id: `b-${index}-${at}` })) }
      : element,
  );
  const message = renderMessage({ elements: numbered });
  expect(blockKitProblems(message.blocks)).toEqual([]);
  expect(liveParts(message)).toEqual([]);
});
