/** What is asked for, done, refused, and what it saves: for a list. */

import { FINAL_STATES } from '../../core/action.ts';
import { addDays, dayInZone, daysBetween } from '../../core/day.ts';
import { listProposals } from '../../store/proposals.ts';
import { listSavings, type StoredSaving } from '../../store/savings.ts';
import type { SavingShown, SavingsSum } from '../../view/messages/proposal-list.ts';
import type { ProposalShown } from '../../view/messages/proposal-types.ts';
import type { Context } from '../context.ts';
import { showProposal } from './shown.ts';

const DAYS = 30;
const LISTED = 20;

export interface ActionsOverview {
  readonly open: readonly ProposalShown[];
  /** Finished in the last 30 days, or all of them. */
  readonly over: readonly ProposalShown[];
  readonly savings: readonly SavingShown[];
  /** One per currency. */
  readonly sums: readonly SavingsSum[];
  readonly days: number;
}

export async function actionsOverview(
  context: Context,
  { all, team }: { readonly all: boolean; readonly team?: string },
): Promise<ActionsOverview> {
  const { store, settings, acting } = context;
  const now = context.now();
  const since = new Date(now - (all ? 3650 : DAYS) * 86_400_000);
  const stored = await listProposals(store, { since, limit: 200 });
  const mine = stored.filter((one) => one.status !== 'draft' && (team === undefined || one.team === team));
  const parts = acting ? { actions: acting.actions } : {};
  const shown: ProposalShown[] = [];
  for (const one of mine) shown.push(await showProposal(store, one, parts));
  const today = dayInZone(now, settings.timeZone);
  const kept = await listSavings(store, { since: addDays(today, all ? -400 : -DAYS) });
  const savings = kept.filter((one) => team === undefined || one.team === team);
  const isFinal = ({ status }: ProposalShown) => FINAL_STATES.some((state) => state === status);
  return {
    open: shown.filter((one) => !isFinal(one)),
    over: shown.filter(isFinal).slice(0, LISTED),
    savings: savings.map((one) => toShown(one, stored)),
    sums: sumsOf(savings),
    days: DAYS,
  };
}

function toShown(
  saving: StoredSaving,
  proposals: readonly {
    readonly id: number;
    readonly items: readonly { readonly id: number; readonly name: string }[];
  }[],
): SavingShown {
  const item = proposals.flatMap(({ items }) => items).find(({ id }) => id === saving.itemId);
  return { ...saving, name: item?.name ?? saving.resourceId };
}

/** Expected for the days that bills cover, beside what came of it; and a day from now on. */
function sumsOf(savings: readonly StoredSaving[]): SavingsSum[] {
  const sums = new Map<string, SavingsSum>();
  for (const { currency, expectedMicros, startDay, endDay, realisedMicros, realisedThrough } of savings) {
    const sum = sums.get(currency) ?? {
      currency,
      perDayMicros: 0n,
      expectedMicros: 0n,
      realisedMicros: 0n,
      pending: 0,
    };
    const known = realisedThrough !== undefined && realisedMicros !== undefined;
    const days = known ? BigInt(daysBetween(startDay, realisedThrough) + 1) : 0n;
    sums.set(currency, {
      currency,
      perDayMicros: sum.perDayMicros + (endDay === undefined ? expectedMicros : 0n),
      expectedMicros: sum.expectedMicros + expectedMicros * days,
      realisedMicros: sum.realisedMicros + (realisedMicros ?? 0n),
      pending: sum.pending + (known ? 0 : 1),
    });
  }
  return [...sums.values()];
}
