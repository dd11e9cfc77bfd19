/** Days whose cost is not known: what may neither be learnt from nor added up. */
import type { Convert } from '../../analysis/convert.ts';
import type { CostRow } from '../../core/cost.ts';
import type { Day } from '../../core/day.ts';

/** Days on which something has no amount, or no rate. */
export function unknownDays(rows: readonly CostRow[], convert: Convert, to: string) {
  const unknown = new Set<Day>();
  const rateless: { day: Day; currency: string }[] = [];
  for (const { day, currency, attos } of rows) {
    if (attos !== null && convert(attos, currency, to, day) !== undefined) continue;
    unknown.add(day);
    if (attos !== null) rateless.push({ day, currency });
  }
  return { unknown, rateless };
}
