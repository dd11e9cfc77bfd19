/** A forecast as a message: where the month ends, how sure that is, the picture, the other spans, the small print. */
import { addDays, daysBetween } from '../../core/day.ts';
import { type Button, bold, type Element, type Span, text, type View } from '../elements.ts';
import { countOf, formatDay, formatMoney, formatRange, monthName } from '../format.ts';
import { forecastChart } from './forecast-chart.ts';
import type { ForecastAhead, ForecastFacts, ForecastFocus, ForecastSpan } from './forecast-types.ts';
import { budgetVerdict } from './forecast-verdict.ts';
import {
  accuracyWords,
  methodWords,
  outcomeWords,
  providerWords,
  rangeWords,
  trialWords,
} from './forecast-words.ts';
import { costCommandOf, scopeHeading, scopeWord } from './scope-words.ts';

const SHOWN_PLANS = 3;
/** Days that the rest of the month is compared with. */
const RECENT_DAYS = [28, 7];

export function composeForecast(facts: ForecastFacts, focus: ForecastFocus = 'month'): View {
  const { ahead } = facts;
  const chart = forecastChart(facts, focus);
  const lines = ahead ? smallPrint(facts, ahead) : [];
  return {
    elements: [
      { kind: 'heading', text: headline(facts, focus) },
      { kind: 'text', spans: ahead ? why(facts, ahead) : whyNot(facts) },
      ...(chart ? [{ kind: 'chart' as const, chart }] : []),
      ...(ahead ? [spansTable(facts, ahead)] : []),
      { kind: 'actions', buttons: buttons(facts) },
      ...[...lines, ...facts.warnings.map((warning) => `⚠ ${warning}`)].map(
        (line): Element => ({ kind: 'context', spans: [text(line)] }),
      ),
    ],
  };
}

/** "bert: $13,100 by 30 Nov (80 %: $12,700–$13,600); budget $15,000". */
function headline(facts: ForecastFacts, focus: ForecastFocus): string {
  const { scope, ahead, spent, currency, today, until, budget } = facts;
  const title = scopeHeading(scope);
  if (!ahead) {
    const known =
      spent !== null && until ? `${formatMoney(spent, currency)} until ${formatDay(until, today)}, ` : '';
    return `${title}: ${known}no forecast`;
  }
  // A month that is over is known: the next one is asked about.
  const told = focus === 'month' && ahead.month.remainingDays === 0 ? 'nextMonth' : focus;
  const { amount, days } = ahead[told];
  const range = rangeWords(amount, currency);
  const when = {
    month: `by ${formatRange({ start: days.end, end: days.end }, today)}`,
    nextDay: `on ${formatDay(days.start, today)}`,
    next7: `in the 7 days ${formatRange(days, today)}`,
    nextMonth: `in ${monthName(days.start)}`,
    next90: `in the 90 days ${formatRange(days, today)}`,
  }[told];
  const beside =
    budget?.period === 'monthly' && (told === 'month' || told === 'nextMonth')
      ? `; budget ${budgetBeside(budget, currency)}`
      : '';
  return `${title}: ${formatMoney(amount.mean, currency)} ${when}${range && ` (${range})`}${beside}`;
}

/** "$49,000"; "€43,719 ($49,000)" beside a forecast in another currency. */
function budgetBeside(budget: NonNullable<ForecastFacts['budget']>, currency: string): string {
  const own = formatMoney(budget.amount, budget.currency);
  if (budget.currency === currency || budget.amountHere === undefined) return own;
  return `${formatMoney(budget.amountHere, currency)} (${own})`;
}

function why(facts: ForecastFacts, ahead: ForecastAhead): Span[] {
  const { spent, currency, today, until, budget, accuracy, history } = facts;
  const { month } = ahead;
  const spans: Span[] = [];
  const monthly = budget?.period === 'monthly' ? budget.amountHere : undefined;
  const { mark, verdict } = budgetVerdict({
    spent,
    ...(monthly !== undefined && { budget: monthly }),
    forecast: {
      amount: month.amount.mean,
      high: month.amount.bands['80'].high,
      closed: month.remainingDays === 0,
    },
  });
  if (mark) spans.push(bold(`${mark} ${verdict}`), text(': '));
  if (spent !== null && until) {
    const money = formatMoney(spent, currency);
    if (month.remainingDays === 0) spans.push(text(`${monthName(month.days.start)} closed at ${money}. `));
    else {
      const left = BigInt(month.remainingDays);
      const daily = formatMoney((month.amount.mean - spent) / left, currency);
      spans.push(
        text(
          `${money} spent until ${formatDay(until, today)}; ${countOf(month.remainingDays, 'day')} to come at about ${daily} a day${recently(history, currency)}. `,
        ),
      );
    }
  }
  const planned = plannedWords(facts);
  if (planned) spans.push(text(`${planned} `));
  if (accuracy.month) spans.push(text(outcomeWords(accuracy.month, today)));
  const last = spans.at(-1);
  if (last?.kind === 'text') spans.splice(-1, 1, { ...last, text: last.text.trimEnd() });
  return spans.length > 0 ? spans : [text('It is forecast from its complete days.')];
}

/** " ($410 in the last 28 days, $980 in the last 7)": what the days to come are compared with. */
function recently(history: ForecastFacts['history'], currency: string): string {
  const said = RECENT_DAYS.flatMap((days, index) => {
    const known = history.slice(-days).flatMap(({ micros }) => (micros === null ? [] : [micros]));
    if (known.length < days) return [];
    const mean = known.reduce((sum, micros) => sum + micros, 0n) / BigInt(days);
    return [`${formatMoney(mean, currency)} in the last ${days}${index === 0 ? ' days' : ''}`];
  });
  return said.length === RECENT_DAYS.length ? ` (${said.join(', ')})` : '';
}

function plannedWords({ planned, today }: ForecastFacts): string {
  if (planned.length === 0) return '';
  const named = planned.slice(0, SHOWN_PLANS).map(({ amount, currency, days, reason }) => {
    return `${formatMoney(amount, currency)} on ${formatRange(days, today)}${reason ? ` (${reason})` : ''}`;
  });
  const rest = planned.slice(SHOWN_PLANS);
  const more = rest.length > 0 ? ` and ${rest.length} more, ${sumByCurrency(rest)}` : '';
  return `Planned spend is in it: ${named.join(', ')}${more}.`;
}

/** "$430", "$430 and €20": currencies are never added. */
function sumByCurrency(plans: ForecastFacts['planned']): string {
  const sums = new Map<string, bigint>();
  for (const { currency, amount } of plans) sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  return [...sums].map(([currency, micros]) => formatMoney(micros, currency)).join(' and ');
}

function whyNot({ reason }: ForecastFacts): Span[] {
  return [text(`There is no forecast: ${reason ?? 'some of the cost is unknown'}.`)];
}

function spansTable({ currency, today }: ForecastFacts, ahead: ForecastAhead): Element {
  const { month, nextDay, next7, nextMonth, next90 } = ahead;
  const row = (name: string, { amount }: ForecastSpan) => {
    const { low, high } = amount.bands['80'];
    const range = low === high ? '–' : `${formatMoney(low, currency)}–${formatMoney(high, currency)}`;
    return [name, formatMoney(amount.mean, currency), range];
  };
  return {
    kind: 'table',
    columns: [{ title: '' }, { title: 'Forecast', align: 'right' }, { title: '80 % range', align: 'right' }],
    rows: [
      row(`Next day (${formatDay(nextDay.days.start, today)})`, nextDay),
      row(`Next 7 days (${formatRange(next7.days, today)})`, next7),
      ...(month.remainingDays > 0 ? [row(`${monthName(month.days.start)}, whole month`, month)] : []),
      row(`${monthName(nextMonth.days.start)}, whole month`, nextMonth),
      row(`Next 90 days (${formatRange(next90.days, today)})`, next90),
    ],
  };
}

function buttons({ scope, budget }: ForecastFacts): Button[] {
  const word = scopeWord(scope);
  const cost = costCommandOf(scope, 'mtd');
  return [
    ...(cost ? [{ label: 'What it cost', action: { do: 'command' as const, text: cost } }] : []),
    budget
      ? { label: 'Budget', action: { do: 'command', text: `budget ${word}` } }
      : { label: 'Set budget…', action: { do: 'form', form: 'budget-set', text: `budget set ${word}` } },
    { label: 'Share in channel', action: { do: 'share', text: `forecast ${word}` } },
  ];
}

function smallPrint(facts: ForecastFacts, ahead: ForecastAhead): string[] {
  const { accuracy, providers, today, until, currency } = facts;
  const tried = trialWords(ahead);
  const accurate = accuracyWords(accuracy);
  return [
    `Usage by ${methodWords(ahead)}, chosen on its past${tried && `: ${tried}`}. Taxes and purchases as on the same dates of the month before; credits are not foreseen.`,
    ...(accurate ? [accurate] : []),
    ...providers.map((provider) => providerWords(provider, today)),
    [
      'EffectiveCost',
      currency,
      `learnt from ${countOf(ahead.learntDays, 'complete day')}`,
      ...(until ? [`complete until ${formatDay(until, today)}${lagWords(until, today)}`] : []),
    ].join(' · '),
  ];
}

/** " (2 days ago)" when the newest complete day is not yesterday. */
function lagWords(until: string, today: string): string {
  const lag = daysBetween(until, today);
  return until >= addDays(today, -1) ? '' : ` (${lag} days ago)`;
}
