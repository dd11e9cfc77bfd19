/** Cost SLOs with how they stand: unit cost per complete day, good and bad days, and what is left of the error budget. */
import { closestNames, exactName } from '../analysis/closest.ts';
import { type SloStatus, sloStatus } from '../analysis/slo/status.ts';
import type { SloSettings } from '../core/analysis-settings.ts';
import { addDays, type Day, dayInZone } from '../core/day.ts';
import { ATTOS_PER_MICRO } from '../core/money.ts';
import type { Period } from '../core/period.ts';
import { scopeKey } from '../core/scope.ts';
import { type DailyUnit, dailyUnits } from './answer/daily-units.ts';
import { findReach } from './answer/reach.ts';
import { filterOf } from './budget-report.ts';
import type { Context } from './context.ts';
import { teamOfScope } from './standing.ts';

export interface SloLine {
  readonly slo: SloSettings;
  readonly team?: string;
  /** What one unit is: "1k requests". */
  readonly per: string;
  /** The window, ending on the last complete day; absent when no day is complete. */
  readonly window?: Period;
  readonly days: readonly (DailyUnit & { readonly good: boolean | null })[];
  readonly status: SloStatus;
  /** Names of sources that are silent or failing: days after their watermark are unknown. */
  readonly stale: readonly string[];
}

/** The SLOs of pennywatch.yaml, or those of these names, in the file's order. */
export async function readSlos(
  context: Context,
  names?: readonly string[],
): Promise<{ readonly today: Day; readonly slos: readonly SloLine[] }> {
  const { settings } = context;
  const today = dayInZone(context.now(), settings.timeZone);
  const wanted = settings.slos.filter(({ name }) => names?.includes(name) ?? true);
  const slos: SloLine[] = [];
  for (const slo of wanted) slos.push(await readSlo(context, slo));
  return { today, slos };
}

async function readSlo(context: Context, slo: SloSettings): Promise<SloLine> {
  const { per, currency, windowDays, objective } = slo;
  const filter = filterOf(slo.scope);
  const reach = await findReach(context, filter, { kind: 'days', count: windowDays });
  const team = await teamOfScope(context.store, slo.scope);
  const end = reach.completeEnd ?? reach.othersEnd;
  const window = end ? { start: addDays(end, 1 - windowDays), end } : undefined;
  const units = window ? await dailyUnits(context, { filter, per, currency, period: window }) : undefined;
  const limit = slo.targetMicros * ATTOS_PER_MICRO;
  const days = (units?.days ?? []).map((day) => ({
    ...day,
    good: day.attos === null ? null : day.attos <= limit,
  }));
  return {
    slo,
    ...(team && { team }),
    per: units?.per ?? per,
    ...(window && { window }),
    days,
    status: sloStatus(days, { windowDays, objective }),
    stale: reach.stale.map(({ name }) => name),
  };
}

/** The SLO that a name means whatever its case, or names close to it. */
export function findSloName(
  { settings }: Pick<Context, 'settings'>,
  typed: string,
): { readonly name?: string; readonly close: readonly string[] } {
  const names = settings.slos.map(({ name }) => name);
  const name = exactName(typed, names);
  if (name !== undefined) return { name, close: [] };
  const meant = typed.trim().toLowerCase();
  const ofScope = settings.slos.filter(({ scope }) =>
    [scopeKey(scope).toLowerCase(), 'name' in scope ? scope.name.toLowerCase() : ''].includes(meant),
  );
  const [only] = ofScope;
  if (only && ofScope.length === 1) return { name: only.name, close: [] };
  if (only) return { close: ofScope.map((slo) => slo.name) };
  const close = closestNames(typed, names, 3);
  return { close: close.length > 0 ? close : names.slice(0, 5) };
}
