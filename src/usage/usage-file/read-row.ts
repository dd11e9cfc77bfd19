/** One record of a file as usage rows, or why it is set aside. */
import { addDays, type Day, isDay, msToDay } from '../../core/day.ts';
import { USAGE_METRICS, type UsageMetric, type UsageRow } from '../../core/usage.ts';
import { type Layout, metricNamed } from './header.ts';
import { parseQuantity } from './quantity.ts';

/** Names are short; anything longer is another column's text. */
const LONGEST_NAME = 300;

export type ReadRow = { readonly rows: readonly UsageRow[] } | { readonly reason: string };

/** In the wide form an empty cell says nothing about its metric; a row with a bad cell is set aside as a whole. */
export function readRow(values: readonly string[], layout: Layout, today: Day): ReadRow {
  if (values.length !== layout.columns)
    return { reason: `has ${values.length} values, the header has ${layout.columns}` };
  const day = parseDay(values[layout.day] ?? '', today);
  if (typeof day !== 'string') return day;
  const dimensions: Record<string, string> = {};
  for (const { name, at } of layout.dimensions) {
    const value = values[at] ?? '';
    if (value.length > LONGEST_NAME)
      return { reason: `its ${name} is longer than ${LONGEST_NAME} characters` };
    if (value !== '') dimensions[name] = value;
  }
  const rows: UsageRow[] = [];
  for (const { metric, text, said } of cells(values, layout)) {
    if (metric === undefined)
      return { reason: `metric "${said.slice(0, 40)}" is none of ${USAGE_METRICS.join(', ')}` };
    const quantity = parseQuantity(text);
    if (typeof quantity !== 'bigint') return { reason: `${said} ${quantity.reason}` };
    rows.push({ day, metric, dimensions, quantityMicros: quantity });
  }
  return rows.length > 0 ? { rows } : { reason: 'no metric has a quantity' };
}

interface CellText {
  readonly metric: UsageMetric | undefined;
  readonly text: string;
  /** What the file calls it. */
  readonly said: string;
}

function cells(values: readonly string[], { form }: Layout): CellText[] {
  if (form.kind === 'long') {
    const said = values[form.metric] ?? '';
    const metric = metricNamed(said);
    return [{ metric, text: values[form.quantity] ?? '', said: metric ? 'quantity' : said }];
  }
  return form.metrics
    .map(({ name, at }) => ({ metric: name, text: values[at] ?? '', said: name }))
    .filter(({ text }) => text !== '');
}

/** A calendar day, or the UTC day of an ISO time with a zone. */
function parseDay(text: string, today: Day): Day | { readonly reason: string } {
  const time = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(text);
  // Date.parse takes 30 February for 2 March.
  const real = time !== null && isDay(text.slice(0, 10));
  const ms = real ? Date.parse(time[3] ? text : `${text.replace(' ', 'T')}Z`) : Number.NaN;
  const day = Number.isNaN(ms) ? text : msToDay(ms);
  if (!isDay(day)) return { reason: `day "${text.slice(0, 40)}" is not a day: write it as 2026-10-31` };
  // Somewhere on earth it is tomorrow already.
  if (day > addDays(today, 1)) return { reason: `day ${day} has not happened yet` };
  return day;
}
