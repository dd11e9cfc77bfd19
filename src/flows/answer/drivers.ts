/** Why a cost moved: what moved most, and where the movement is concentrated. */

import { concentration, type Driver, driversOf, type Part } from '../../analysis/drivers.ts';
import { type Table, totalsByKey } from '../../analysis/tabulate.ts';
import type { AnswerDriver } from '../../core/answer.ts';
import type { Breakdown } from '../../core/dimension.ts';
import type { Period } from '../../core/period.ts';
import type { Subject } from '../../core/question.ts';
import type { Context } from '../context.ts';
import { createLabel } from './labels.ts';

/** Columns that may carry the cause, besides the one the answer is broken down by. */
const CAUSES: Readonly<Record<Subject['kind'], readonly Breakdown[]>> = {
  model: ['service', 'region', 'environment', 'modelVersion'],
  team: ['service', 'stage', 'environment'],
  service: ['region', 'account'],
  feature: ['service', 'stage', 'environment'],
  unallocated: ['account', 'region'],
  all: ['provider', 'stage'],
};
const NAMED = 3;

/** Up to three parts of the main breakdown that moved, then any other column that carries most of the movement. */
export async function findDrivers(
  context: Context,
  subject: Subject,
  answer: {
    by: Breakdown;
    /** The answer's own table, by that column. */
    table: Table;
    read: (column: Breakdown) => Promise<Table>;
    compared: { period: Period; previous: Period };
  },
): Promise<AnswerDriver[]> {
  const { by, table, read, compared } = answer;
  const main = driversOf(by, partsOf(table, compared), NAMED);
  if (main.length === 0) return [];
  const others: Driver[] = [];
  for (const column of CAUSES[subject.kind].filter((cause) => cause !== by)) {
    const driver = concentration(column, partsOf(await read(column), compared));
    if (driver) others.push(driver);
  }
  const named: AnswerDriver[] = [];
  for (const { dimension, key, change, share } of [...main, ...others]) {
    const label = await createLabel(context, dimension);
    named.push({ dimension, label: label(key), change, share });
  }
  return named;
}

function partsOf(table: Table, { period, previous }: { period: Period; previous: Period }): Part[] {
  const now = totalsByKey(table, period.start, period.end);
  const before = totalsByKey(table, previous.start, previous.end);
  return [...new Set([...now.keys(), ...before.keys()])].map((key) => ({
    key,
    current: now.get(key) ?? null,
    previous: before.get(key) ?? null,
  }));
}
