/** The words of `anomaly NUMBER VERB …`. */
import { addDays, dayInZone, isDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import type { Decision } from '../../flows/decide-anomaly.ts';
import type { Token } from '../tokens.ts';

const DAY_MS = 86_400_000;
const VERBS: Readonly<Record<string, Decision['kind']>> = {
  ack: 'acknowledge',
  acknowledge: 'acknowledge',
  take: 'acknowledge',
  mine: 'acknowledge',
  snooze: 'snooze',
  mute: 'snooze',
  expected: 'expected',
  approve: 'expected',
  'false-alarm': 'false-alarm',
  false: 'false-alarm',
  real: 'real',
  resolve: 'resolve',
  resolved: 'resolve',
  close: 'resolve',
  reopen: 'reopen',
  open: 'reopen',
};
const CONDITION = /^(unless|if|it|grows|by|or)$/i;
const UNIT = /^(?:days?|weeks?|hours?)$/i;
const HOW =
  'Write what it is: anomaly 12 ack, snooze 3d, expected until 2026-12-01, false-alarm, real, resolve or reopen.';

/** 12 for "12", "ANM-12" or "#12"; undefined for anything else. */
export function anomalyNumber(word: string | undefined): number | undefined {
  const digits = /^(?:anm[- ]?|#)?(\d{1,9})$/i.exec(word ?? '')?.[1];
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits);
}

/** Undefined without a verb. Throws INVALID in words for a verb or a time there is not. */
export function parseDecision(
  tokens: readonly Token[],
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): Decision | undefined {
  const said = tokens.findIndex(({ text, quoted }) => quoted || !/^(?:is|was|a|an)$/i.test(text));
  const [verb, ...rest] = said < 0 ? [] : tokens.slice(said);
  if (!verb) return undefined;
  const kind = VERBS[verb.text.toLowerCase()];
  if (!kind) throw new AppError('INVALID', `I don't understand "${verb.text.slice(0, 60)}".`, { hint: HOW });
  const words = rest.filter(({ text, quoted }) => quoted || !/^(alarm|until|till|for)$/i.test(text));
  if (kind === 'snooze') return snooze(words, { now, timeZone });
  const until = kind === 'expected' && words[0] && isDay(words[0].text) ? words[0].text : undefined;
  const reason = (until === undefined ? words : words.slice(1))
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 300);
  if (kind === 'expected') return { kind, ...(until !== undefined && { until }), ...(reason && { reason }) };
  return { kind, ...(reason && { reason }) };
}

/** "3d", "2 weeks", "tomorrow", a day, and perhaps "+50%" that wakes it up earlier; what follows is the reason. */
function snooze(
  words: readonly Token[],
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): Decision {
  let until: number | undefined;
  let growth: number | undefined;
  const reason: string[] = [];
  for (const [index, { text, quoted }] of words.entries()) {
    const unit = words[index + 1]?.text ?? '';
    const span = quoted ? null : /^(\d{1,6})([dwh])$/i.exec(spelledSpan(text, unit));
    const percent = quoted ? null : /^\+?(\d{1,4})\s?%$/.exec(text);
    if (span) until = now + Number(span[1]) * lengthOf(span[2] ?? 'd');
    else if (percent) growth = Number(percent[1]);
    else if (!quoted && isDay(text)) until = morningOf(text, now, timeZone);
    else if (!quoted && /^tomorrow$/i.test(text))
      until = morningOf(addDays(dayInZone(now, timeZone), 1), now, timeZone);
    else if (!quoted && isUnitOf(words[index - 1], text)) continue;
    else if (!quoted && (until === undefined || /^[-−+]?\d/u.test(text)) && !CONDITION.test(text))
      throw new AppError('INVALID', `"${text.slice(0, 40)}" is no time that I know.`, {
        hint: 'Write snooze 3d, 12h, 2w, tomorrow or until 2026-12-01; a reason goes behind it, in quotes.',
      });
    else if (quoted || !CONDITION.test(text)) reason.push(text);
  }
  until ??= now + 3 * DAY_MS;
  if (until - now > 92 * DAY_MS)
    throw new AppError('INVALID', 'An anomaly sleeps for three months at most.', {
      hint: 'What is usual from now on is "expected".',
    });
  return {
    kind: 'snooze',
    until,
    ...(growth !== undefined && { growth }),
    ...(reason.length > 0 && { reason: reason.join(' ').slice(0, 300) }),
  };
}

/** "3" before "days" reads as "3d". */
function spelledSpan(text: string, unit: string): string {
  return /^\d+$/.test(text) && UNIT.test(unit) ? `${text}${unit.charAt(0)}` : text;
}

function isUnitOf(before: Token | undefined, text: string): boolean {
  return before !== undefined && /^\d+$/.test(before.text) && UNIT.test(text);
}

function lengthOf(unit: string): number {
  return { h: DAY_MS / 24, d: DAY_MS, w: 7 * DAY_MS }[unit.toLowerCase()] ?? DAY_MS;
}

/** The beginning of a day where the organisation is, found by walking there from now. */
function morningOf(day: string, now: number, timeZone: string): number {
  let at = now;
  while (dayInZone(at, timeZone) < day && at - now < 100 * DAY_MS) at += DAY_MS / 24;
  return dayInZone(at, timeZone) < addDays(day, 1) ? at : now;
}
