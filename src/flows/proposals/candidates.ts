/** Which resources of a scope or an anomaly cost something now, and which of them rose. */
import { createConvert } from '../../analysis/convert.ts';
import { addDays, type Day, dayInZone, daysBetween, earlier } from '../../core/day.ts';
import { AppError } from '../../core/errors.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import { pathFilter, pathScope } from '../../core/scope-path.ts';
import { dayOfStamp, STEPS_A_DAY } from '../../core/series.ts';
import { readAnomaly, type StoredAnomaly } from '../../store/anomalies.ts';
import type { CostFilter } from '../../store/daily-costs.ts';
import { readSources } from '../../store/freshness.ts';
import { type RunningResource, runningResources } from '../../store/running-resources.ts';
import { filterOf } from '../budgets/filter.ts';
import type { Context } from '../context.ts';
import { teamOfScope } from '../standing.ts';

/** What is to be stopped. */
export type ProposalTarget =
  | { readonly kind: 'anomaly'; readonly id: number }
  | { readonly kind: 'scope'; readonly scope: Scope; readonly environment?: string }
  /** One, by its id as bills or people write it; it need not be on a bill. */
  | { readonly kind: 'resource'; readonly id: string };

export interface Aim {
  /** As people write it. */
  readonly scope: Scope;
  readonly filter: CostFilter;
  readonly team?: string;
  readonly anomaly?: StoredAnomaly;
  /** Only this one. */
  readonly resource?: Candidate;
}

export interface Candidate extends RunningResource {
  /** Micros of the reporting currency a day, over the days it cost anything; undefined without a rate. */
  readonly perDayMicros?: bigint;
  /** An anomaly's excess is of it; of no anomaly, all are. */
  readonly rose: boolean;
}

/** Newest days that are looked at: what ended before them does not run any more. */
const DAYS = 4;
/** What it is compared with for an anomaly. */
const DAYS_BEFORE = 28;
/** The dearest ones; more do not fit a dialog. */
const LOOKED_AT = 25;
/** Of an anomaly's excess a day, in percent: resources that make up so much together are what it is about. */
const EXPLAINED = 80n;

/** Throws NOT_FOUND for no such anomaly. */
export async function aimAt(context: Context, target: ProposalTarget): Promise<Aim> {
  const { store } = context;
  if (target.kind === 'scope') {
    const { scope, environment } = target;
    const team = await teamOfScope(store, scope);
    const filter = { ...filterOf(scope), ...(environment !== undefined && { environment }) };
    return { scope, filter, ...(team !== undefined && { team }) };
  }
  if (target.kind === 'resource') return aimAtResource(context, target.id);
  const anomaly = await readAnomaly(store, target.id);
  if (!anomaly)
    throw new AppError('NOT_FOUND', `There is no anomaly ANM-${target.id}.`, {
      hint: 'See them: anomalies all.',
    });
  const scope = pathScope(anomaly.path);
  const team = anomaly.path[0] || (await teamOfScope(store, scope));
  return { scope, filter: pathFilter(anomaly.path), anomaly, ...(team && { team }) };
}

/** Whose it is, the bill says; of what is on no bill nobody knows, so it is for approvers and admins. */
async function aimAtResource(context: Context, id: string): Promise<Aim> {
  const { store, settings } = context;
  const end = await newestDay(context);
  const start = addDays(end, 1 - DAYS_BEFORE);
  const [row] = await runningResources(store, { filter: {}, start, end, limit: 1, ids: [id] });
  if (!row) return { scope: { kind: 'org' }, filter: {}, resource: nameless(id, settings.currency, end) };
  const perDayMicros = createConvert(settings.fx)(
    perDayOf(row),
    row.currency,
    settings.currency,
    row.lastDay,
  );
  const { model, team } = row;
  const scope: Scope = model
    ? { kind: 'model', name: model }
    : team
      ? { kind: 'team', name: team }
      : { kind: 'org' };
  return {
    scope,
    filter: {},
    ...(team !== null && { team }),
    resource: { ...row, ...(perDayMicros !== undefined && { perDayMicros }), rose: true },
  };
}

/** A resource that is on no bill: nothing is known of it but its id. */
function nameless(resourceId: string, currency: string, day: Day): Candidate {
  return {
    resourceId,
    name: null,
    type: null,
    provider: '',
    service: '',
    account: null,
    accountName: null,
    region: null,
    team: null,
    model: null,
    environment: null,
    experiment: null,
    currency,
    tags: null,
    micros: 0n,
    days: 1,
    firstDay: day,
    lastDay: day,
    rose: true,
  };
}

/** Dearest first; those of an anomaly that rose before the others. */
export async function findCandidates(
  context: Context,
  { filter, anomaly, resource }: Aim,
  days = DAYS,
): Promise<Candidate[]> {
  if (resource) return [resource];
  const { store, settings } = context;
  const end = await newestDay(context);
  const found = await runningResources(store, {
    filter,
    start: addDays(end, 1 - days),
    end,
    limit: LOOKED_AT,
  });
  const usual = anomaly ? await costsBefore(context, filter, anomaly, found) : undefined;
  const blamed = anomaly && usual ? whatRose(found, usual, anomaly) : undefined;
  const convert = createConvert(settings.fx);
  return found
    .map((row): Candidate => {
      const perDayMicros = convert(perDayOf(row), row.currency, settings.currency, row.lastDay);
      return {
        ...row,
        ...(perDayMicros !== undefined && { perDayMicros }),
        rose: blamed?.has(row.resourceId) ?? true,
      };
    })
    .sort((a, b) => Number(b.rose) - Number(a.rose));
}

function perDayOf({ micros, days }: RunningResource): bigint {
  return micros / BigInt(days);
}

/** The resources that rose most, until they explain the excess: a usual job beside the one that does not end is left. */
function whatRose(
  found: readonly RunningResource[],
  usual: ReadonlyMap<string, bigint>,
  { actualMicros, expectedMicros, grain }: StoredAnomaly,
): ReadonlySet<string> {
  const excess = (actualMicros - expectedMicros) * BigInt(STEPS_A_DAY[grain]);
  const rises = found
    .map((row) => ({ id: row.resourceId, rise: perDayOf(row) - (usual.get(row.resourceId) ?? 0n) }))
    .filter(({ rise }) => rise > 0n)
    .sort((a, b) => (a.rise < b.rise ? 1 : -1));
  const blamed = new Set<string>();
  let explained = 0n;
  for (const { id, rise } of rises) {
    if (explained * 100n >= excess * EXPLAINED) break;
    blamed.add(id);
    explained += rise;
  }
  return blamed;
}

/** The newest day that any source has complete: what is later is still arriving. */
async function newestDay({ store, settings, now }: Context): Promise<Day> {
  const yesterday = addDays(dayInZone(now(), settings.timeZone), -1);
  const marks = (await readSources(store)).flatMap(({ watermark }) => watermark ?? []);
  const newest = marks.reduce((a, b) => (a > b ? a : b), '');
  return newest === '' ? yesterday : earlier(newest, yesterday);
}

/** Mean a day before the anomaly began, by resource, in its own currency. */
async function costsBefore(
  { store }: Context,
  filter: CostFilter,
  anomaly: StoredAnomaly,
  found: readonly RunningResource[],
): Promise<ReadonlyMap<string, bigint>> {
  const last = addDays(dayOfStamp(anomaly.firstStamp), -1);
  const start = addDays(last, 1 - DAYS_BEFORE);
  const rows = await runningResources(store, {
    filter,
    start,
    end: last,
    limit: found.length,
    ids: found.map(({ resourceId }) => resourceId),
  });
  const days = BigInt(daysBetween(start, last) + 1);
  return new Map(rows.map(({ resourceId, micros }) => [resourceId, micros / days]));
}

/** "model:bert/training". */
export function aimText({ scope }: Aim): string {
  return scopeKey(scope);
}
