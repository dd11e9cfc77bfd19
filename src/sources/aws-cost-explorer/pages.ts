/** Whether the pages of an answer fit into the day's budget, told from the first of them. */
import { AppError } from '../../core/errors.ts';
import { VENDOR } from './errors.ts';

/** Better not read on: the budget would be spent without a whole answer. */
export class TooManyPages extends AppError {}

const LENGTH = { DAILY: 24 * 3_600_000, HOURLY: 3_600_000 } as const;

export interface Stretch {
  /** As Cost Explorer takes them; the end is not included. */
  readonly start: string;
  readonly end: string;
  readonly granularity: keyof typeof LENGTH;
  /** Requests left today. */
  readonly left: number;
}

/** Throws TooManyPages (LIMIT). Pages go on in time: how far the first one comes says how many there are at least. */
export function checkPages(starts: readonly string[], { start, end, granularity, left }: Stretch): void {
  const last = [...starts].sort().at(-1);
  if (last === undefined) return;
  const length = LENGTH[granularity];
  const read = Date.parse(last) + length - Date.parse(start);
  const pages = Math.ceil((Date.parse(end) - Date.parse(start)) / read);
  // One of them has been asked for.
  if (!(pages - 1 > left)) return;
  throw new TooManyPages(
    'LIMIT',
    `An answer of ${VENDOR} has at least ${pages} pages, each a request, and only ${left} more may be sent today.`,
    { hint: 'Raise requestsPerDay of this source in pennywatch.yaml, or ask for fewer days at once.' },
  );
}
