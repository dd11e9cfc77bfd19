/** What a reader must know before trusting an answer, in words. */

import type { Table } from '../../analysis/tabulate.ts';
import type { Day } from '../../core/day.ts';
import type { Basis } from '../../core/dimension.ts';
import { BASIS_COLUMN } from '../../core/dimension.ts';
import type { Period } from '../../core/period.ts';
import { rulesChanged } from '../allocate.ts';
import type { Context } from '../context.ts';
import { freshnessWarnings } from './freshness-warnings.ts';
import type { Reach } from './reach.ts';

const ADD_RATE = 'Add the rate under "fx" in pennywatch.yaml.';

export async function findWarnings(
  context: Context,
  answer: {
    reach: Reach;
    /** The days that the period is compared with. */
    previous: Period;
    table: Table;
    basis: Basis;
    hasBefore: boolean;
    /** First day single resources are kept for, when the answer is by resource and reaches back further. */
    keptSince?: Day;
    /** Currencies that no rate covers on some day of the period, and of the days before. */
    unconverted: { now: readonly string[]; before: readonly string[] };
  },
): Promise<string[]> {
  const { reach, previous, table, basis, hasBefore, unconverted } = answer;
  const warnings = freshnessWarnings(reach, previous);
  const loading = reach.loading.some(({ from }) => from > previous.start);
  if (reach.sources.length > 0 && !hasBefore && !loading)
    warnings.push(
      `There is no data before ${reach.firstDay ?? 'the period'}, so nothing whole to compare with (${previous.start} to ${previous.end}).`,
    );
  if (answer.keptSince)
    warnings.push(
      `Single resources are kept from ${answer.keptSince} on: what one cost before is in "(no resource named)", and its change is unknown.`,
    );
  if (table.cells.some((cell) => cell.attos === null))
    warnings.push(
      `Some bills have no ${BASIS_COLUMN[basis]}: what they cost on this basis is unknown and not in the figure.`,
    );
  for (const currency of unconverted.now)
    warnings.push(
      `There is no ${currency}→${table.currency} rate for some days: those ${currency} amounts are not in the figure. ${ADD_RATE}`,
    );
  for (const currency of unconverted.before.filter((one) => !unconverted.now.includes(one)))
    warnings.push(
      `There is no ${currency}→${table.currency} rate for some of the days before (${previous.start} to ${previous.end}), so nothing whole to compare with. ${ADD_RATE}`,
    );
  if (await rulesChanged(context.store, context.settings))
    warnings.push('The allocation rules changed since the history was allocated: run `pennywatch allocate`.');
  return warnings;
}
