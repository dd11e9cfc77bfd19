/** Anomalies through their whole life: one row each. No decisions. */
import type { Direction, Severity } from '../core/analysis-settings.ts';
import {
  ANOMALY_STATES,
  type AnomalyState,
  CAUSES,
  type Cause,
  type Explanation,
  type FoundAnomaly,
  VERDICTS,
  type Verdict,
} from '../core/anomaly.ts';
import type { Day } from '../core/day.ts';
import { scopeKey } from '../core/scope.ts';
import { parsePath, pathKey, pathScope, sliceOf } from '../core/scope-path.ts';
import { asJson, fromJson } from './anomalies/json.ts';
import type { Prisma } from './generated/client.ts';
import type { Store, StoreTransaction } from './open.ts';

export interface StoredAnomaly extends FoundAnomaly {
  readonly id: number;
  /** Scope as people write it; several places may share one. */
  readonly scope: string;
  readonly cause?: Cause;
  readonly explanation?: Explanation;
  readonly status: AnomalyState;
  readonly statusReason?: string;
  readonly openedAt: Date;
  /** When the data of its first step was complete; absent when nobody knows. */
  readonly completeAt?: Date;
  readonly updatedAt: Date;
  readonly acknowledgedAt?: Date;
  readonly acknowledgedBy?: string;
  readonly snoozedUntil?: Date;
  readonly snoozedGrowth?: number;
  readonly snoozedMicros?: bigint;
  readonly expectedUntil?: Day;
  readonly resolvedAt?: Date;
  readonly notifiedAt?: Date;
  readonly notifiedMicros?: bigint;
  readonly notifications: number;
  readonly escalatedAt?: Date;
  readonly feedback?: Verdict;
  readonly feedbackBy?: string;
  readonly feedbackAt?: Date;
  /** Who it was given to by hand: an e-mail, or a user group "@handle". Written by `setAssignee` alone. */
  readonly assignee?: string;
  /** Where its ticket is. Written by `setTicket` alone. */
  readonly ticket?: string;
}

export type NewAnomaly = Omit<StoredAnomaly, 'id' | 'scope'>;

/** Which anomalies; all conditions hold. */
export interface AnomalyFilter {
  readonly status?: readonly AnomalyState[];
  readonly severity?: readonly Severity[];
  /** Values of these columns; null: not allocated. */
  readonly team?: string | null;
  readonly model?: string | null;
  readonly stage?: string | null;
  readonly service?: string | null;
  /** Of which any step is on or after this day. */
  readonly since?: Day;
  readonly openedFrom?: Date;
  /** Only those somebody judged. */
  readonly judged?: boolean;
}

/** Newest first, unless told otherwise. */
export async function listAnomalies(
  store: Store | StoreTransaction,
  filter: AnomalyFilter = {},
  options: { readonly oldestFirst?: boolean; readonly limit?: number } = {},
): Promise<StoredAnomaly[]> {
  const { status, severity, since, openedFrom, judged, ...columns } = filter;
  const rows = await store.anomaly.findMany({
    where: {
      ...columns,
      ...(status && { status: { in: [...status] } }),
      ...(severity && { severity: { in: [...severity] } }),
      ...(since !== undefined && { lastStamp: { gte: since } }),
      ...(openedFrom && { openedAt: { gte: openedFrom } }),
      ...(judged && { NOT: { feedback: null } }),
    },
    orderBy: options.oldestFirst
      ? [{ firstStamp: 'asc' }, { id: 'asc' }]
      : [{ firstStamp: 'desc' }, { id: 'desc' }],
    ...(options.limit !== undefined && { take: options.limit }),
  });
  return rows.map(toAnomaly);
}

export async function readAnomaly(
  store: Store | StoreTransaction,
  id: number,
): Promise<StoredAnomaly | undefined> {
  const row = await store.anomaly.findUnique({ where: { id } });
  return row ? toAnomaly(row) : undefined;
}

export async function countAnomalies(store: Store | StoreTransaction): Promise<number> {
  return store.anomaly.count();
}

/** How many there are of each state and severity; combinations of which there are none are left out. */
export async function tallyAnomalies(
  store: Store,
): Promise<readonly { readonly state: string; readonly severity: string; readonly count: number }[]> {
  const rows = await store.anomaly.groupBy({ by: ['status', 'severity'], _count: { _all: true } });
  return rows.map(({ status, severity, _count }) => ({ state: status, severity, count: _count._all }));
}

/** Keeps an anomaly and returns its id. */
export async function addAnomaly(tx: StoreTransaction, anomaly: NewAnomaly): Promise<number> {
  const { id } = await tx.anomaly.create({ data: toRow(anomaly), select: { id: true } });
  return id;
}

/** Writes an anomaly as it is now; what it does not say is no more. */
export async function saveAnomaly(
  tx: StoreTransaction,
  { id, ...anomaly }: NewAnomaly & { id: number },
): Promise<void> {
  await tx.anomaly.update({ where: { id }, data: toRow(anomaly) });
}

export async function setAssignee(
  tx: StoreTransaction,
  id: number,
  assignee: string,
  at: Date,
): Promise<void> {
  await tx.anomaly.update({ where: { id }, data: { assignee, updatedAt: at } });
}

export async function setTicket(tx: StoreTransaction, id: number, ticket: string, at: Date): Promise<void> {
  await tx.anomaly.update({ where: { id }, data: { ticket, updatedAt: at } });
}

type Row = Prisma.AnomalyModel;

function toRow(anomaly: NewAnomaly & { readonly id?: number }): Prisma.AnomalyCreateInput {
  // An analysis that began before somebody reassigned it does not take that back.
  const { id: _id, path, related, explanation, assignee: _a, ticket: _t, ...rest } = anomaly;
  const [team, model, stage, service] = sliceOf(path) ? [] : path;
  const slice = sliceOf(path);
  return {
    ...EMPTY,
    ...rest,
    path: pathKey(path),
    scope: scopeKey(pathScope(path)),
    team: team ?? null,
    model: model ?? null,
    stage: stage ?? null,
    service: slice?.column === 'service' ? slice.value : (service ?? null),
    related: asJson(related),
    explanation: explanation ? asJson(explanation) : null,
  };
}

/** Everything that may be absent: left out, it is forgotten. */
const EMPTY = {
  cause: null,
  statusReason: null,
  completeAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  snoozedUntil: null,
  snoozedGrowth: null,
  snoozedMicros: null,
  expectedUntil: null,
  resolvedAt: null,
  notifiedAt: null,
  notifiedMicros: null,
  escalatedAt: null,
  feedback: null,
  feedbackBy: null,
  feedbackAt: null,
} as const;

function toAnomaly(row: Row): StoredAnomaly {
  const { path, team: _t, model: _m, stage: _s, service: _v, ...rest } = row;
  const present = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)) as Present<
    typeof rest
  >;
  const { cause, feedback, explanation, ...facts } = present;
  return {
    ...facts,
    path: parsePath(path),
    grain: row.grain === 'hour' ? 'hour' : 'day',
    direction: row.direction === 'down' ? 'down' : ('up' satisfies Direction),
    severity: oneOf(['low', 'medium', 'high', 'critical'] as const, row.severity, 'low'),
    status: oneOf(ANOMALY_STATES, row.status, 'open'),
    related: fromJson(row.related) as StoredAnomaly['related'],
    ...(cause !== undefined && { cause: oneOf(CAUSES, cause, 'unknown') }),
    ...(feedback !== undefined && { feedback: oneOf(VERDICTS, feedback, 'real') }),
    ...(explanation !== undefined && { explanation: fromJson(explanation) as Explanation }),
  };
}

/** Without its nulls. */
type Present<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null>;
};

function oneOf<T extends string>(values: readonly T[], text: string, otherwise: T): T {
  return values.find((value) => value === text) ?? otherwise;
}
