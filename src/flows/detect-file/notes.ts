/** What a reader should know of how a file was read. */
import { countOf } from '../../view/format.ts';
import { type Layout, stepOf } from './lay-out.ts';
import type { ReadRows } from './read-rows.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** "1 day", "6 hours", "5 minutes", "1.5 hours". */
export function spanInWords(ms: number): string {
  const [unit, length] = UNITS.find(([, size]) => ms >= size * 0.95) ?? ['second', 1000];
  const count = Number((ms / length).toPrecision(2));
  return countOf(count, unit);
}

/** Notes in sentences; none for a file without anything odd. */
export function notesOn({ rows, numbered }: ReadRows, layout: Layout): string[] {
  const notes: string[] = [];
  const unknown = rows.filter(({ value }) => Number.isNaN(value)).length;
  if (unknown > 0) notes.push(`${countOf(unknown, 'row')} without a value: unknown, not zero.`);
  const slots = new Set(layout.slots);
  const shared = rows.length - slots.size;
  if (shared > 0)
    notes.push(
      `${countOf(shared, 'row')} at a time that another has too: the later one in the file is learnt from.`,
    );
  if (numbered) notes.push(`The times are bare numbers: each is taken for a step of one ${layout.grain}.`);
  if (layout.lanes > 1)
    notes.push(
      layout.grain === 'hour'
        ? 'Rows are closer than an hour: those at the same minute of the hour are compared with one another.'
        : 'Rows are closer than a day: those at the same time of the day are compared with one another.',
    );
  if (layout.width >= 1.5 * stepOf(layout.grain))
    notes.push(
      `Rows are further apart than one ${layout.grain}: each is taken for a step of one ${layout.grain}.`,
    );
  return notes;
}
