/** The changes people make, and the words in which one is refused. */
import type { Seen } from './actor.ts';
import { type Scope, scopeKey } from './scope.ts';

/** A change somebody wants to make. `team` is the team that answers for the scope, where one does. */
export type Change = Wanted & {
  /** What a refusal is written down about, e.g. "proposal:12"; the scope unless told. */
  readonly subject?: string;
};

type Wanted =
  | { readonly kind: 'budget' | 'owner' | 'plan' | 'anomaly'; readonly scope: Scope; readonly team?: string }
  /** To ask for an action, to take one back, to say how long something may go on. */
  | { readonly kind: 'propose' | 'undo' | 'ttl'; readonly scope: Scope; readonly team?: string }
  /** To ask for a budget; to pin something for a weekly report. */
  | { readonly kind: 'budget-request' | 'pin'; readonly scope: Scope; readonly team?: string }
  /** To approve or decline what somebody asked for. */
  | {
      readonly kind: 'budget-decision';
      readonly scope: Scope;
      readonly team?: string;
      /** Whether it was asked for by whoever decides. */
      readonly own: boolean;
      /** E-mails of those who may decide beside admins. */
      readonly approvers: readonly string[];
      /** Who they and the admins are, by name. */
      readonly names: readonly string[];
    }
  /** To approve or decline an action. */
  | {
      readonly kind: 'proposal-decision';
      readonly scope: Scope;
      readonly team?: string;
      readonly own: boolean;
      /** Whether whoever decides has decided about it before. */
      readonly decided: boolean;
      /** E-mails and user groups ("@handle") that the policy allows, beside approvers and admins. */
      readonly approvers: readonly string[];
      /** Who can, by name. */
      readonly names: readonly string[];
    }
  /** To become the owner oneself. `owner` is who owns it so far, in words. */
  | { readonly kind: 'claim'; readonly scope: Scope; readonly team?: string; readonly owner?: string }
  /** A report to a channel (of `channelTeam`, where it is a team's) or to oneself. */
  | {
      readonly kind: 'subscription';
      readonly scope: Scope;
      readonly team?: string;
      readonly to: 'channel' | 'myself';
      readonly channelTeam?: string;
    };

type Decision = Extract<Change, { kind: 'budget-decision' | 'proposal-decision' }>;

export type Permission =
  | { readonly allowed: true; readonly because: string }
  /** `hint` says what to do instead. */
  | { readonly allowed: false; readonly reason: string; readonly hint: string };

export function refuseOwn(change: Decision): Permission {
  const verb = change.kind === 'proposal-decision' ? 'approve' : 'decide about';
  return {
    allowed: false,
    reason: `You can't ${verb} this: you asked for it.`,
    hint: othersCan(change),
  };
}

export function refuseDecided(change: Decision): Permission {
  return {
    allowed: false,
    reason: 'You have decided about this already; each person does so once.',
    hint: othersCan(change),
  };
}

/** Nobody says who is in the groups that may. */
export function refuseUnclear(
  who: { readonly platform?: string; readonly seen?: Seen },
  groups: readonly string[],
): Permission {
  return {
    allowed: false,
    reason: `${platformTitle(who.platform)} doesn't say who is in ${orWords(groups)} just now.`,
    hint: 'Try again in a minute. Nothing was changed.',
  };
}

/** "team search", "model bert training": as people say it. */
function inWords(scope: Scope): string {
  if (scope.kind === 'org') return 'the organisation';
  const stage = scope.kind === 'model' && scope.stage ? ` ${scope.stage}` : '';
  return `${scope.kind} ${scope.name}${stage}`;
}

/** The refusal of somebody who is known, and who can. */
export function refuse(change: Change): Permission {
  const what = scopeKey(change.scope);
  const thing = inWords(change.scope);
  const who =
    change.team === undefined ? 'An admin' : `The owner and members of team ${change.team}, or an admin,`;
  const actors =
    change.team === undefined
      ? 'An approver or an admin'
      : `The owner and members of team ${change.team}, an approver or an admin`;
  const no = (reason: string, hint: string): Permission => ({ allowed: false, reason, hint });
  switch (change.kind) {
    case 'budget':
      return no(`You can't change the budget of ${what}.`, `${who} can.`);
    case 'plan':
      return no(`You can't plan spend for ${what}.`, `${who} can.`);
    case 'anomaly':
      return no(`You can't decide about an anomaly of ${what}.`, `${who} can.`);
    case 'propose':
      return no(`You can't ask for anything to be shut down in ${thing}.`, `${actors} can.`);
    case 'undo':
      return no(`You can't bring back what was shut down in ${thing}.`, `${actors} can.`);
    case 'ttl':
      return no(`You can't say how long ${thing} may go on.`, `${actors} can.`);
    case 'budget-request':
      return no(`You can't ask for a budget of ${what}.`, `${who} can.`);
    case 'pin':
      return no("You can't pin anything.", `${who} can.`);
    case 'budget-decision':
      return no(`You can't decide about the budget of ${what}.`, othersCan(change));
    case 'proposal-decision':
      return no(`You can't approve what is done to ${thing}.`, othersCan(change));
    case 'owner':
      return no(`You can't say who owns ${what}.`, `${who} can.`);
    case 'claim':
      return no(
        change.owner ? `${what} is owned by ${change.owner}.` : `You can't claim ${what}.`,
        `${who} can hand it over with owner set.`,
      );
    case 'subscription':
      return no(
        `You can't subscribe this channel to ${what}, or end that.`,
        `${who} can. To get it yourself as a direct message, end the command with "me".`,
      );
  }
}

function othersCan({ kind, names }: Decision): string {
  if (names.length > 0) return `${orWords(names)} can.`;
  const where = kind === 'proposal-decision' ? 'actions.approvers, roles' : 'budgetAlerts.approvers';
  return `Nobody else can yet: name people under ${where} or admins in pennywatch.yaml.`;
}

function orWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${last}` : last;
}

/** "slack" → "Slack", "teams" → "Microsoft Teams": the bare word would be taken for the organisation's own teams. */
export function platformTitle(platform: string | undefined): string {
  if (platform === 'teams') return 'Microsoft Teams';
  return platform ? `${platform.charAt(0).toUpperCase()}${platform.slice(1)}` : 'The chat platform';
}

/** What people call the whole that a platform's channels are in: Slack's workspace is Teams' organisation (tenant). */
export function workspaceWord(platform: string | undefined): string {
  return platform === 'teams' ? 'organisation' : 'workspace';
}
