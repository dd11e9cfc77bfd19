/** Who the policy lets approve: e-mails and user groups, before it is known who is in them. */
import type { ActionSettings, RoleSettings } from '../../core/action.ts';

export interface ApproverQuery {
  readonly team?: string;
  /** Of the selected resources; undefined: unknown. */
  readonly environments: readonly (string | undefined)[];
  /** E-mail of the team's owner. */
  readonly teamOwner?: string;
  readonly admins: readonly string[];
}

/**
 * The rules that speak of the team and of every environment, everybody with the role approver or admin, the team's
 * owner. An unknown environment is only for rules that speak of all.
 */
export function approverPeople(
  { approvers }: Pick<ActionSettings, 'approvers'>,
  roles: readonly RoleSettings[],
  { team, environments, teamOwner, admins }: ApproverQuery,
): string[] {
  const ruled = approvers.filter(
    (rule) =>
      (rule.team === undefined || rule.team === team) &&
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
