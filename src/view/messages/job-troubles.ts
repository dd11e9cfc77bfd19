/** What could not be made or posted, and when reports come, as parts of the message about sources. */
import { bold, type Element, type Span, text } from '../elements.ts';
import { countOf, formatTime } from '../format.ts';

export interface TroubleLine {
  readonly what: string;
  readonly place?: string;
  readonly error: string;
  readonly attempts: number;
  readonly nextAttemptAt?: Date;
}

/** Shown before "and N more". */
const SHOWN = 5;

export function troubleElements(troubles: readonly TroubleLine[], timeZone: string): Element[] {
  if (troubles.length === 0) return [];
  const rest = troubles.length - SHOWN;
  const items = troubles.slice(0, SHOWN).map((trouble) => troubleSpans(trouble, timeZone));
  return [
    { kind: 'text', spans: [bold('Could not be done')] },
    { kind: 'list', items: rest > 0 ? [...items, [text(`and ${rest} more; the log has them all`)]] : items },
  ];
}

function troubleSpans(
  { what, place, error, attempts, nextAttemptAt }: TroubleLine,
  timeZone: string,
): Span[] {
  const done = place ? `could not be posted in ${place}` : 'could not be made';
  const next = nextAttemptAt ? `next try ${formatTime(nextAttemptAt, timeZone)}` : 'given up';
  return [
    bold(what),
    text(` ${done}: ${error.replaceAll('\n', ' ')} (${countOf(attempts, 'attempt')}, ${next})`),
  ];
}

/** "6 reports are scheduled; the next one comes Mon 23 Nov, 09:00." */
export function scheduleWords(scheduled: { count: number; next?: number }, timeZone: string): string {
  if (scheduled.next === undefined) return 'No report is scheduled.';
  const next = formatTime(new Date(scheduled.next), timeZone);
  return `${countOf(scheduled.count, 'report')} scheduled; the next comes ${next}.`;
}
