/** Who the policy lets approve: e-mails and user groups, before it is known who is in them. */
import type { ActionSettings, RoleSettings } from '../../core/action.ts';

export interface ApproverQuery {
  /** Of the selected resources; undefined: nobody's. */
  readonly teams: readonly (string | undefined)[];
  /** Of the selected resources; undefined: unknown. */
  readonly environments: readonly (string | undefined)[];
  /** E-mail of the team's owner, where they are of one team. */
  readonly teamOwner?: string;
  readonly admins: readonly string[];
}

/**
 * The rules that speak of every team and of every environment, everybody with the role approver or admin, the team's
 * owner. An unknown environment is only for rules that speak of all.
 */
export function approverPeople(
  { approvers }: Pick<ActionSettings, 'approvers'>,
  roles: readonly RoleSettings[],
  { teams, environments, teamOwner, admins }: ApproverQuery,
): string[] {
  const ruled = approvers.filter(
    (rule) =>
      (rule.team === undefined || (teams.length > 0 && teams.every((team) => team === rule.team))) &&
      (rule.environments.length === 0 ||
        environments.every((one) => one !== undefined && rule.environments.includes(one))),
  );
  return [
    ...new Set([
      ...ruled.flatMap(({ people }) => people),
      ...(teamOwner === undefined ? [] : [teamOwner]),
      ...roles.filter(({ role }) => role !== 'viewer').flatMap(({ people }) => people),
      ...admins,
    ]),
  ];
}
