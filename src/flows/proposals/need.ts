/** How many must approve what is chosen, and why, in words. */
import { approvalsNeeded, type ItemRisk } from '../../analysis/policy/approvals.ts';
import { knownEnvironment } from '../../analysis/policy/environment.ts';
import type { Standing as Person } from '../../core/authorise.ts';
import { platformTitle } from '../../core/refusals.ts';
import type { Settings } from '../../core/settings.ts';
import type { StoredItem, StoredProposal } from '../../store/proposals.ts';
import { formatMoney } from '../../view/format.ts';
import { reasonWords } from '../../view/messages/proposal-words.ts';
import { otherTeams } from './item-teams.ts';

export interface Need {
  readonly approvalsNeeded: number;
  readonly policy: readonly string[];
}

export interface NeedFacts {
  /** A schedule of pennywatch.yaml asks. */
  readonly standing?: boolean;
  readonly asker?: Person;
  /** What a day of what the same person stopped at once in the last day cost: many small things are a big one. */
  readonly atOnceMicros?: bigint;
}

/**
 * For the items that are chosen. Whoever asks for what is another team's, or is not known for certain at the moment, is
 * not enough alone, whatever the mode.
 */
export function needOf(
  { items, currency, team }: Pick<StoredProposal, 'items' | 'currency' | 'team'>,
  settings: Settings,
  { standing = false, asker, atOnceMicros = 0n }: NeedFacts = {},
): Need {
  const chosen = items.filter(({ state }) => state === 'planned');
  const risks = chosen.map((item) => riskOf(item, settings));
  const { needed, reasons } = approvalsNeeded(risks, settings.actions, { standing });
  const policy = reasons.map((reason) => reasonWords(reason, currency));
  const total = risks.reduce((sum, { costMicros = 0n }) => sum + costMicros, atOnceMicros);
  const { liveBelowMicros } = settings.actions.limits;
  const more = standing
    ? []
    : [
        ...otherTeams(chosen, team).map((one) => `it is team ${one}'s`),
        ...unsure(asker),
        ...(needed === 0 && total >= liveBelowMicros
          ? [
              `with what the same person stopped at once in the last 24 hours it is about ${formatMoney(total, currency)} a day (from ${formatMoney(liveBelowMicros, currency)} on)`,
            ]
          : []),
      ];
  return { approvalsNeeded: more.length > 0 ? Math.max(needed, 1) : needed, policy: [...policy, ...more] };
}

function unsure(asker: Person | undefined): string[] {
  if (asker?.kind !== 'person' || asker.seen?.state !== 'silent') return [];
  return [`${platformTitle(asker.platform)} does not say just now who asks`];
}

function riskOf({ costMicros, environment, plan }: StoredItem, settings: Settings): ItemRisk {
  const known = environment !== undefined && knownEnvironment(environment, settings);
  return {
    ...(costMicros !== undefined && { costMicros }),
    ...(known && { environment }),
    risk: plan?.risk ?? 'high',
    reversible: plan?.reversible ?? false,
  };
}
