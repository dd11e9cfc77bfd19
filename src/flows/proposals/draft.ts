/** Makes a proposal to look at: what runs, what would be done with each, what is refused and why. Nothing is called. */
import PQueue from 'p-queue';
import type { ProposalKind } from '../../core/action.ts';
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { scopeKey } from '../../core/scope.ts';
import { findOwner } from '../../store/organisation.ts';
import { addProposal, type NewItem, readProposal, type StoredProposal } from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';
import { demand } from '../standing.ts';
import { type Aim, aimAt, type Candidate, findCandidates, type ProposalTarget } from './candidates.ts';
import { planCandidate, type Wish } from './plan-candidate.ts';
import { eachOnce } from './same-resource.ts';
import type { ActionParts } from './types.ts';

/** Looks at the clouds at once. */
const AT_ONCE = 5;
const HOUR_MS = 3_600_000;
/** Rows that nothing can be done with are told, up to so many. */
const SHOWN = 15;

export interface DraftOptions extends Wish {
  readonly kind?: ProposalKind;
  /** Name of the schedule or TTL that makes it. */
  readonly origin?: string;
  /** How many of the newest days of the bill say what there is; 4 unless told. */
  readonly days?: number;
  /** Leaves resources out that it says no to. */
  readonly only?: (candidate: Candidate) => boolean;
}

/**
 * Keeps a draft and resolves to it. Throws FORBIDDEN for somebody who may not propose there, NOT_FOUND when nothing in
 * the scope costs anything now.
 */
export async function draftProposal(
  context: Context,
  parts: ActionParts,
  actor: Actor,
  target: ProposalTarget,
  options: DraftOptions = {},
): Promise<StoredProposal> {
  const { settings, store } = context;
  const aim = await aimAt(context, target);
  await demand(context, actor, { kind: 'propose', scope: aim.scope, ...(aim.team && { team: aim.team }) });
  const found = (await findCandidates(context, aim, options.days)).filter(options.only ?? (() => true));
  if (found.length === 0) throw nothingRuns(aim, target);
  const queue = new PQueue({ concurrency: AT_ONCE });
  const items = await queue.addAll(
    found.map((candidate) => () => planCandidate(parts, settings, candidate, options, context.log)),
  );
  const owned = await withOwners(context, eachOnce(items), found);
  const now = context.now();
  return store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const id = await addProposal(tx, {
      kind: options.kind ?? 'shut-down',
      scope: scopeKey(aim.scope),
      title: titleOf(aim, target),
      ...(aim.anomaly && { anomalyId: aim.anomaly.id }),
      ...(aim.team && { team: aim.team }),
      ...(options.origin && { origin: options.origin }),
      status: 'draft',
      mode: settings.actions.mode,
      requestedBy: actorKey(actor),
      createdAt: new Date(now),
      expiresAt: new Date(now + HOUR_MS),
      approvalsNeeded: 1,
      policy: [],
      currency: settings.currency,
      items: shown(owned),
    });
    const draft = await readProposal(tx, id);
    if (!draft) throw new AppError('INTERNAL', `Proposal ${id} was not kept.`);
    return draft;
  });
}

/** What can be done first, then what cannot, the dearest of each first. */
function shown(items: readonly NewItem[]): NewItem[] {
  const possible = items.filter(({ state }) => state !== 'refused');
  const refused = items.filter(({ state }) => state === 'refused');
  // When everything there is would be unchosen, choosing is left to the person, who sees all of it.
  return [...possible, ...refused.slice(0, Math.max(0, SHOWN - possible.length))];
}

async function withOwners(
  { store }: Context,
  items: readonly NewItem[],
  found: readonly Candidate[],
): Promise<NewItem[]> {
  const owners = new Map<string, string | undefined>();
  const owned: NewItem[] = [];
  for (const [index, item] of items.entries()) {
    const { model, team } = found[index] ?? { model: null, team: null };
    const scope = model
      ? ({ kind: 'model', name: model } as const)
      : team
        ? ({ kind: 'team', name: team } as const)
        : undefined;
    const key = scope && scopeKey(scope);
    if (scope && key && !owners.has(key)) owners.set(key, (await findOwner(store, scope))?.name);
    const owner = key && owners.get(key);
    owned.push({ ...item, ...(owner && { owner }) });
  }
  return owned;
}

function titleOf({ scope }: Aim, target: ProposalTarget): string {
  const where = target.kind === 'scope' && target.environment ? ` in ${target.environment}` : '';
  return `${scopeKey(scope)}${where}`;
}

function nothingRuns({ scope }: Aim, target: ProposalTarget): AppError {
  const where = target.kind === 'scope' && target.environment ? ` in ${target.environment}` : '';
  return new AppError(
    'NOT_FOUND',
    `Nothing of ${scopeKey(scope)}${where} cost anything on the newest days.`,
    {
      hint: 'Bills know single resources for some services only; see what costs most with: model NAME by resource.',
    },
  );
}
