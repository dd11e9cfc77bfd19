/** What moved most in a report's time, and what the data says about why. */
import { createConvert } from '../../analysis/convert.ts';
import { concentration, driversOf, type Part } from '../../analysis/drivers.ts';
import { type Table, tabulate, totalsByDay, totalsByKey } from '../../analysis/tabulate.ts';
import type { AnswerRow } from '../../core/answer.ts';
import { addDays, eachDay } from '../../core/day.ts';
import type { Breakdown } from '../../core/dimension.ts';
import type { Period } from '../../core/period.ts';
import { type CostFilter, readCosts } from '../../store/daily-costs.ts';
import type { ReportMover } from '../../view/messages/weekly-report-types.ts';
import { createLabel } from '../answer/labels.ts';
import { answerOwner } from '../answer/owner.ts';
import type { Context } from '../context.ts';
import type { ReportDays } from './days.ts';
import { timingOf } from './timing.ts';

const NAMED = 3;
/** Where a cause may lie, the most telling first. */
const CAUSES: readonly Breakdown[] = ['stage', 'modelVersion', 'service', 'region'];

export async function findMovers(
  context: Context,
  about: {
    readonly filter: CostFilter;
    readonly by: Breakdown;
    readonly days: ReportDays;
    readonly rows: readonly AnswerRow[];
    readonly table: Table;
  },
): Promise<ReportMover[]> {
  const { filter, by, days, rows, table } = about;
  const { complete, previous } = days;
  if (by === 'resource' || !complete || rows.some(({ change }) => change === null)) return [];
  const parts = rows.map(({ key, cost, previousCost }) => ({ key, current: cost, previous: previousCost }));
  const movers: ReportMover[] = [];
  for (const { key, change } of driversOf(by, parts, NAMED)) {
    const row = rows.find((one) => one.key === key);
    if (!row) continue;
    const owner =
      by === 'model' && key !== null ? await answerOwner(context, { kind: 'model', name: key }) : undefined;
    const causes = await findCauses(context, { ...filter, [by]: key }, { by, complete, previous, table });
    movers.push({
      key,
      label: row.label,
      change,
      changeRatio: row.changeRatio,
      previous: row.previousCost,
      ...(owner && { owner }),
      causes,
      timing: timing(table, key, complete),
      usage: usageOf(row, causes.find(({ dimension }) => dimension === 'stage')?.label),
    });
  }
  return movers;
}

/** Columns in which the movement is concentrated. */
async function findCauses(
  context: Context,
  filter: CostFilter,
  { by, complete, previous, table }: { by: Breakdown; complete: Period; previous: Period; table: Table },
): Promise<ReportMover['causes']> {
  const convert = createConvert(context.settings.fx);
  const causes: { dimension: Breakdown; label: string; change: bigint }[] = [];
  for (const column of CAUSES.filter((one) => one !== by)) {
    const query = {
      filter,
      start: previous.start,
      end: complete.end,
      basis: 'effective',
      by: column,
    } as const;
    const own = tabulate(await readCosts(context.store, query), table.currency, convert);
    const parts = partsOf(own, complete, previous);
    const driver = concentration(column, parts) ?? onlyService(column, parts);
    if (!driver) continue;
    const label = await createLabel(context, column);
    causes.push({ dimension: column, label: label(driver.key), change: driver.change });
  }
  return causes;
}

/** With a single service there is nothing to weigh, but it is still worth its name. */
function onlyService(column: Breakdown, parts: readonly Part[]) {
  const [only, another] = parts;
  if (column !== 'service' || !only || another) return undefined;
  return { key: only.key, change: (only.current ?? 0n) - (only.previous ?? 0n) };
}

function partsOf(table: Table, complete: Period, previous: Period): Part[] {
  const now = totalsByKey(table, complete.start, complete.end);
  const before = totalsByKey(table, previous.start, previous.end);
  return [...new Set([...now.keys(), ...before.keys()])].map((key) => ({
    key,
    current: now.get(key) ?? null,
    previous: before.get(key) ?? null,
  }));
}

function timing(table: Table, key: string | null, { start, end }: Period): ReportMover['timing'] {
  const byDay = totalsByDay(table, key);
  const days = eachDay(start, end);
  return timingOf(
    days,
    days.map((day) => (byDay.get(day) ?? 0n) - (byDay.get(addDays(day, -7)) ?? 0n)),
  );
}

/** Averages such as quality have no volume, and what inference was used for explains no training. */
function usageOf({ unitCost, previousCost }: AnswerRow, stage: string | undefined): ReportMover['usage'] {
  if (!unitCost || unitCost.metric === 'quality' || previousCost === 0n) return undefined;
  if (stage !== undefined && unitCost.stage !== undefined && unitCost.stage !== stage) return undefined;
  const { metric, quantity, previousQuantity, changeRatio } = unitCost;
  if (quantity === null || previousQuantity === null || previousQuantity <= 0n || changeRatio === null)
    return undefined;
  return { metric, quantityRatio: Number(quantity) / Number(previousQuantity) - 1, priceRatio: changeRatio };
}
