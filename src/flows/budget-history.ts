/** Everything that ever happened to a scope's budgets: changes, requests and what became of them. */
import { BUDGET_METRICS, BUDGET_PERIODS, type BudgetTerms } from '../core/budget.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { type AuditEntry, listAudit } from '../store/audit.ts';
import type { Context } from './context.ts';
import { budgetSubject } from './set-budget.ts';
import { actorNames } from './standing.ts';

export type BudgetVerb =
  | 'create'
  | 'update'
  | 'remove'
  | 'request'
  | 'approve'
  | 'decline'
  | 'withdraw'
  | 'expire';

export interface BudgetEvent {
  readonly at: Date;
  /** Who did it, by name. */
  readonly by: string;
  readonly did: BudgetVerb;
  readonly period: BudgetTerms['period'];
  readonly metric?: BudgetTerms['metric'];
  readonly before?: BudgetAmount;
  readonly after?: BudgetAmount;
  /** Number of the request it is about. */
  readonly request?: number;
  /** Why it was asked for or declined. */
  readonly note?: string;
}

export interface BudgetAmount {
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly metric?: BudgetTerms['metric'];
}

const VERBS: readonly BudgetVerb[] = [
  'create',
  'update',
  'remove',
  'request',
  'approve',
  'decline',
  'withdraw',
  'expire',
];

/** Newest first. */
export async function budgetHistory({ store }: Context, scope: Scope): Promise<BudgetEvent[]> {
  const key = scopeKey(scope);
  const kinds = BUDGET_PERIODS.flatMap((period) =>
    [undefined, ...BUDGET_METRICS].map((metric) => ({ period, ...(metric && { metric }) })),
  );
  const subjects = new Map(kinds.map((kind) => [budgetSubject({ scope: key, ...kind }), kind]));
  const nameOf = await actorNames(store);
  const entries = await listAudit(store, [...subjects.keys()]);
  return entries
    .flatMap((entry): BudgetEvent[] => {
      const kind = subjects.get(entry.subject);
      const did = VERBS.find((verb) => entry.action === `budget.${verb}`);
      if (!kind || !did) return [];
      return [{ at: entry.at, by: nameOf(entry.actor), did, ...kind, ...detailsOf(entry) }];
    })
    .reverse();
}

interface AuditedState {
  readonly amountMicros: string;
  readonly currency: string;
  readonly metric?: BudgetTerms['metric'];
  readonly request?: number;
  readonly note?: string;
}

function detailsOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>) {
  const state = after === undefined ? undefined : (JSON.parse(after) as AuditedState);
  return {
    ...(before !== undefined && { before: amountOf(JSON.parse(before) as AuditedState) }),
    ...(state && { after: amountOf(state) }),
    ...(state?.request !== undefined && { request: state.request }),
    ...(state?.note && { note: state.note }),
  };
}

function amountOf({ amountMicros, currency, metric }: AuditedState): BudgetAmount {
  return { amountMicros: BigInt(amountMicros), currency, ...(metric && { metric }) };
}
