/** Whose the chosen resources are: a scope that one team answers for may hold resources of others. */
import type { StoredItem } from '../../store/proposals.ts';

/** Every team that the chosen resources belong to, by their tags or by the bill; `team` where neither says one. */
export function teamsOf(
  items: readonly Pick<StoredItem, 'plan'>[],
  team: string | undefined,
): (string | undefined)[] {
  if (items.length === 0) return [team];
  return [
    ...new Set(
      items.flatMap(({ plan }): readonly (string | undefined)[] =>
        plan?.teams && plan.teams.length > 0 ? plan.teams : [team],
      ),
    ),
  ];
}

/** Those of them that the team of the scope does not answer for; none where the scope is of no team. */
export function otherTeams(items: readonly Pick<StoredItem, 'plan'>[], team: string | undefined): string[] {
  if (team === undefined) return [];
  return teamsOf(items, team).flatMap((one) => (one === undefined || one === team ? [] : [one]));
}
