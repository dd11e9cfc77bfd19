/** Who may change what. Pure: one function, which always says why. */
import { type Scope, scopeKey } from './scope.ts';

/** What Pennywatch knows about somebody who wants to change something. */
export type Standing =
  /** At the server's terminal, or the program itself: may do everything. */
  | { readonly kind: 'console' }
  | { readonly kind: 'system' }
  | {
      readonly kind: 'person';
      readonly name: string;
      readonly email: string;
      /** Teams the person is in or owns. */
      readonly teams: readonly string[];
      readonly admin: boolean;
    }
  /** Somebody on a chat platform who is not in pennywatch.yaml. */
  | { readonly kind: 'stranger'; readonly platform: string; readonly id: string };

/** A change somebody wants to make. `team` is the team that answers for the scope, where one does. */
export type Change =
  | { readonly kind: 'budget' | 'owner' | 'plan' | 'anomaly'; readonly scope: Scope; readonly team?: string }
  /** To ask for a budget. */
  | { readonly kind: 'budget-request'; readonly scope: Scope; readonly team?: string }
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

export type Permission =
  | { readonly allowed: true; readonly because: string }
  /** `hint` says what to do instead. */
  | { readonly allowed: false; readonly reason: string; readonly hint: string };

/**
 * Whether somebody may make a change. The terminal and admins may make every change; a team's owner and members
 * those of their team and its models; anybody may subscribe themselves; what somebody asks for is decided by others only; somebody who is not in pennywatch.yaml may
 * look but change nothing.
 */
export function authorise(who: Standing, change: Change): Permission {
  if (change.kind === 'budget-decision' && change.own) return refuseOwn(change.names);
  if (who.kind === 'console' || who.kind === 'system')
    return { allowed: true, because: 'The terminal may change everything.' };
  if (change.kind === 'subscription' && change.to === 'myself')
    return { allowed: true, because: 'Anybody may subscribe themselves.' };
  if (who.kind === 'stranger') return refuseStranger(who);
  if (who.admin) return { allowed: true, because: `${who.name} is an admin.` };
  if (change.kind === 'budget-request')
    return { allowed: true, because: 'Everybody in pennywatch.yaml may ask.' };
  if (change.kind === 'budget-decision')
    return isAmong(who.email, change.approvers)
      ? { allowed: true, because: `${who.name} may approve budgets of ${scopeKey(change.scope)}.` }
      : refuse(change);
  const { team } = change;
  if (team !== undefined && who.teams.includes(team))
    return { allowed: true, because: `${who.name} is in team ${team}.` };
  if (change.kind === 'claim' && team === undefined && change.owner === undefined)
    return { allowed: true, because: 'Nobody owns it and no team answers for it.' };
  const channelTeam = change.kind === 'subscription' ? change.channelTeam : undefined;
  if (channelTeam !== undefined && who.teams.includes(channelTeam))
    return { allowed: true, because: `The channel is team ${channelTeam}'s, and ${who.name} is in it.` };
  return refuse(change);
}

function refuseStranger({ platform, id }: { platform: string; id: string }): Permission {
  return {
    allowed: false,
    reason: 'You are not in pennywatch.yaml, so you may look at everything but change nothing.',
    hint: `Ask whoever keeps pennywatch.yaml to add you to your team's members with ${platform}: ${id}.`,
  };
}

function isAmong(email: string, emails: readonly string[]): boolean {
  return emails.some((one) => one.toLowerCase() === email.toLowerCase());
}

function refuseOwn(names: readonly string[]): Permission {
  return {
    allowed: false,
    reason: "You can't decide about this: you asked for it.",
    hint: names.length > 0 ? `${orWords(names)} can.` : NOBODY,
  };
}

const NOBODY = 'Nobody else can yet: name people under budgetAlerts.approvers or admins in pennywatch.yaml.';

function orWords(names: readonly string[]): string {
  const [last, ...others] = [...names].reverse();
  return others.length > 0 ? `${others.reverse().join(', ')} or ${last}` : (last ?? '');
}

function refuse(change: Change): Permission {
  const what = scopeKey(change.scope);
  const { team } = change;
  const who = team === undefined ? 'An admin' : `The owner and members of team ${team}, or an admin,`;
  switch (change.kind) {
    case 'budget':
      return {
        allowed: false,
        reason: `You can't change the budget of ${what}.`,
        hint: `${who} can.`,
      };
    case 'plan':
      return { allowed: false, reason: `You can't plan spend for ${what}.`, hint: `${who} can.` };
    case 'anomaly':
      return {
        allowed: false,
        reason: `You can't decide about an anomaly of ${what}.`,
        hint: `${who} can.`,
      };
    case 'budget-request':
      return { allowed: false, reason: `You can't ask for a budget of ${what}.`, hint: `${who} can.` };
    case 'budget-decision':
      return {
        allowed: false,
        reason: `You can't decide about the budget of ${what}.`,
        hint: change.names.length > 0 ? `${orWords(change.names)} can.` : NOBODY,
      };
    case 'owner':
      return { allowed: false, reason: `You can't say who owns ${what}.`, hint: `${who} can.` };
    case 'claim':
      return {
        allowed: false,
        reason: change.owner ? `${what} is owned by ${change.owner}.` : `You can't claim ${what}.`,
        hint: `${who} can hand it over with owner set.`,
      };
    case 'subscription':
      return {
        allowed: false,
        reason: `You can't subscribe this channel to ${what}, or end that.`,
        hint: `${who} can. To get it yourself as a direct message, end the command with "me".`,
      };
  }
}
