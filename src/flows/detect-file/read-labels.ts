/** A labels file → spans of time in which something was wrong. */
import { AppError } from '../../core/errors.ts';
import { labelItems } from './label-items.ts';
import { type LabelContext, type LabelSpan, pointAt, spansOf } from './label-span.ts';
import { flagOf } from './label-words.ts';

const FORMS =
  'Labels are JSON: a list of times, of [start, end], of {"start": …, "end": …}, or these under "anomalies", "windows" or the name of the file.';

/** Reads a labels file. Throws INVALID that says which label cannot be read. */
export function readLabels(text: string, context: LabelContext): LabelSpan[] {
  const items = labelItems(text, context.file);
  if (
    items.length > 0 &&
    items.length === context.times.length &&
    items.every((item) => flagOf(item) !== undefined)
  )
    return items.flatMap((item, row) => (flagOf(item) ? [pointAt(context.times[row] ?? 0)] : []));
  return items.flatMap((item, index) => {
    try {
      return spansOf(item, context);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError('INVALID', `Label ${index + 1}: ${error.message}`, { hint: FORMS });
    }
  });
}
