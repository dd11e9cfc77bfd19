/** Words of a report about its days, its change and what is still missing. */
import { type Day, weekday } from '../../core/day.ts';
import type { Period } from '../../core/period.ts';
import { type Span, text } from '../elements.ts';
import { spansToText } from '../fallback.ts';
import { daysIn, formatChange, formatDay, formatMoney, formatRange, formatSignedMoney } from '../format.ts';
import { type Sentences, say } from '../templates/sentence.ts';
import { nothingKnown, withoutWords } from './answer-words.ts';
import type { ReportFacts } from './weekly-report-types.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The first line: "Search: $41,200 last week (10–16 Nov), +6 % (+$2,300) on the week before". */
export function headline(
  facts: ReportFacts,
  sentences: Sentences,
  sentence: 'weekly-headline' | 'daily-headline',
): string {
  const { title, total, currency } = facts;
  const slots = {
    subject: title,
    cost: total === null ? null : formatMoney(total, currency),
    when: `${whenWords(facts)}${total === null ? '' : withoutWords(facts.answer)}`,
    change: changeWords(facts),
    base: baseWords(facts),
    none: isNone(facts),
  };
  const said = spansToText(say(sentences, sentence, slots));
  return said || `${title}: ${slots.cost ?? 'cost unknown'} ${slots.when}`;
}

/** Whether it is known that nothing was spent. */
export function isNone({ total, rows, complete, answer }: ReportFacts): boolean {
  const { sources, unconverted } = answer;
  return (
    total === null &&
    complete !== undefined &&
    sources.length > 0 &&
    unconverted.length === 0 &&
    rows.every(({ cost }) => cost === 0n)
  );
}

/** Why there is no figure, in the words of an answer. */
export function noFigure({ answer }: ReportFacts): Span[] {
  return [text(spansToText(nothingKnown(answer)).trimEnd())];
}

/** "last week (10–16 Nov)", "last week, Mon–Sat (10–15 Nov)", "on Thu 19 Nov". */
export function whenWords(facts: ReportFacts): string {
  const { frequency, period, complete, today } = facts;
  if (frequency === 'daily') return `on ${formatDay(period.end, today)}`;
  const days = comparedWeekdays(facts);
  if (!days) return `last week (${formatRange(period, today)})`;
  return `last week, ${days} (${formatRange(complete ?? period, today)})`;
}

/** "the week before", "Mon–Sat of the week before", "Thu 12 Nov". */
export function baseWords(facts: ReportFacts): string {
  if (facts.frequency === 'daily') return formatDay(facts.previous.end, facts.today);
  const days = comparedWeekdays(facts);
  return days ? `${days} of the week before` : 'the week before';
}

/** "Mon–Sat" when only these days of the week are complete; empty when all are, or none. */
export function comparedWeekdays({ period, complete }: ReportFacts): string {
  return !complete || complete.end === period.end ? '' : weekdays(complete);
}

/** "+6 % (+$2,300)", "+$40" after nothing or a credit, "flat"; undefined when it is unknown. */
function changeWords({ change, changeRatio, previousTotal, currency }: ReportFacts): string | undefined {
  if (change === null) return undefined;
  if (changeRatio === null && change !== 0n) return formatSignedMoney(change, currency);
  return formatChange({ change, changeRatio, previous: previousTotal }, currency);
}

/** "Complete until Sat 15 Nov; Sun 16 Nov is still arriving ($40 so far, not counted)." Empty when all is complete. */
export function incompleteSpans(facts: ReportFacts, sentences: Sentences): Span[] {
  const { missing, complete, today, currency } = facts;
  if (!missing) return [];
  const { days, arrived } = missing;
  const several = daysIn(days) > 1;
  return say(sentences, 'report-incomplete', {
    until: complete ? formatDay(complete.end, today) : null,
    missing: several
      ? `${formatDay(days.start, today)} – ${formatDay(days.end, today)}`
      : formatDay(days.end, today),
    several,
    arrived: arrived === null ? null : formatMoney(arrived, currency),
    silent: silentWords(facts, days.end),
  });
}

/** The sources that fail or have fallen silent, of those that lack one of the days; undefined without any. */
function silentWords({ answer }: ReportFacts, end: Day): string | undefined {
  const names = answer.sources
    .filter(({ stale, watermark }) => stale && (watermark ?? '') < end)
    .map(({ name }) => name);
  if (names.length === 0) return undefined;
  return names.length > 2 ? `${names.length} sources` : names.join(' and ');
}

/** "Tue 11 and Wed 12 Nov". */
export function namedDays(days: readonly Day[], today: Day): string {
  return days.map((day) => formatDay(day, today)).join(' and ');
}

function weekdays({ start, end }: Period): string {
  const name = (day: Day): string => WEEKDAYS[weekday(day)] ?? '';
  return start === end ? name(start) : `${name(start)}–${name(end)}`;
}
