/** How many must approve what is chosen in a draft, in words. */
import { approvalsNeeded, type ItemRisk } from '../../analysis/policy/approvals.ts';
import type { Settings } from '../../core/settings.ts';
import type { StoredItem, StoredProposal } from '../../store/proposals.ts';
import { reasonWords } from '../../view/messages/proposal-words.ts';

export function needOf(
  { items, currency }: Pick<StoredProposal, 'items' | 'currency'>,
  settings: Settings,
): { readonly approvalsNeeded: number; readonly policy: readonly string[] } {
  const chosen = items.filter(({ state }) => state === 'planned');
  const { needed, reasons } = approvalsNeeded(chosen.map(riskOf), settings.actions);
  return { approvalsNeeded: needed, policy: reasons.map((reason) => reasonWords(reason, currency)) };
}

export function riskOf({ costMicros, environment, plan }: StoredItem): ItemRisk {
  return {
    ...(costMicros !== undefined && { costMicros }),
    ...(environment !== undefined && { environment }),
    risk: plan?.risk ?? 'high',
    reversible: plan?.reversible ?? false,
  };
}
