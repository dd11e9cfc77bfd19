/** The dialog that lets something go on until a day. */
import { addDays, dayInZone, isDay } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { type Form, text as words } from '../../view/elements.ts';
import type { CommandContext } from '../types.ts';
import { quotedReason } from './reason.ts';

/** Offered at first: most of what is kept is kept for a few days. */
const USUAL_DAYS = 3;

/** For "ttl SCOPE keep". */
export function buildTtlKeepForm({ settings, now }: CommandContext, text: string): Form {
  const today = dayInZone(now(), settings.timeZone);
  return {
    form: 'ttl-keep',
    text,
    title: 'Keep until',
    submit: 'Keep',
    intro: [words('It goes on to the end of that day; its owner is asked again before.')],
    fields: [
      { kind: 'date', name: 'until', label: 'Until', value: addDays(today, USUAL_DAYS) },
      {
        kind: 'text',
        name: 'reason',
        label: 'Why',
        optional: true,
        placeholder: 'the last run is not through',
      },
    ],
  };
}

/** Throws INVALID without a day. */
export function submitTtlKeep(text: string, values: Readonly<Record<string, string>>): string {
  const until = values.until ?? '';
  if (!isDay(until))
    throw new AppError('INVALID', 'Until when shall it go on? Nothing was changed.', {
      hint: `Choose a day, or write: ${text} 24h.`,
    });
  return [`${text} until ${until}`, quotedReason(values.reason)].filter(Boolean).join(' ');
}
