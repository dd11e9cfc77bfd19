/** Who may change what. Pure: one function, which always says why. */
import type { Seen } from './actor.ts';
import { isActing, refuseSeen } from './authorise-seen.ts';
import { type Change, type Permission, refuse, refuseDecided, refuseOwn, refuseUnclear } from './refusals.ts';
import { hasRole, type Roles } from './roles.ts';
import { scopeKey } from './scope.ts';

export type { Change, Permission } from './refusals.ts';

/** What Pennywatch knows about somebody who wants to change something. */
export type Standing =
  /** At the server's terminal, or the program itself: may do everything but decide about their own. */
  | { readonly kind: 'console' }
  | { readonly kind: 'system' }
  | {
      readonly kind: 'person';
      readonly name: string;
      readonly email: string;
      /** Teams the person is in or owns. */
      readonly teams: readonly string[];
      readonly admin: boolean;
      readonly roles: Roles;
      /** User groups ("@handle") of pennywatch.yaml the person is in. */
      readonly groups: readonly string[];
      /** Who clicked it from, and what the platform says of them; absent where nobody asked it. */
      readonly platform?: string;
      readonly seen?: Seen;
    }
  /** Somebody on a chat platform who is not in pennywatch.yaml. */
  | { readonly kind: 'stranger'; readonly platform: string; readonly id: string; readonly seen?: Seen };

type Person = Extract<Standing, { kind: 'person' }>;

/**
 * Whether somebody may make a change. The terminal and admins may make every change; a team's owner and members those of
 * their team and its models; approvers may propose and decide about proposals; viewers and somebody who is not in
 * pennywatch.yaml may look but change nothing; anybody may subscribe themselves. What somebody asks for is decided by
 * others only, whoever asks. What acts on money or machines needs an active member of our own workspace.
 */
export function authorise(who: Standing, change: Change): Permission {
  if (change.kind === 'budget-decision' && change.own) return refuseOwn(change);
  if (change.kind === 'proposal-decision') {
    if (change.own) return refuseOwn(change);
    if (change.decided) return refuseDecided(change);
    if (who.kind === 'system') return refuse(change);
  }
  if (who.kind === 'console' || who.kind === 'system')
    return { allowed: true, because: 'The terminal may change everything.' };
  if (change.kind === 'subscription' && change.to === 'myself')
    return { allowed: true, because: 'Anybody may subscribe themselves.' };
  const absent = isActing(change) && refuseSeen(who, change);
  if (absent) return absent;
  if (who.kind === 'stranger') return refuseStranger(who);
  if (who.admin) return { allowed: true, because: `${who.name} is an admin.` };
  if (hasRole(who.roles, 'viewer')) return VIEWER;
  return authorisePerson(who, change);
}

function authorisePerson(who: Person, change: Change): Permission {
  const { team } = change;
  switch (change.kind) {
    case 'pin':
      return { allowed: true, because: 'Everybody in pennywatch.yaml may pin.' };
    case 'budget-request':
      return { allowed: true, because: 'Everybody in pennywatch.yaml may ask.' };
    case 'budget-decision':
      return isAmong(who, change.approvers)
        ? { allowed: true, because: `${who.name} may approve budgets of ${scopeKey(change.scope)}.` }
        : refuse(change);
    case 'proposal-decision':
      return decideProposal(who, change);
    case 'propose':
    case 'undo':
    case 'ttl':
      if (hasRole(who.roles, 'approver')) return { allowed: true, because: `${who.name} is an approver.` };
      break;
    default:
  }
  if (team !== undefined && isIn(who, team))
    return { allowed: true, because: `${who.name} is in team ${team}.` };
  if (change.kind === 'claim' && team === undefined && change.owner === undefined)
    return { allowed: true, because: 'Nobody owns it and no team answers for it.' };
  const channelTeam = change.kind === 'subscription' ? change.channelTeam : undefined;
  if (channelTeam !== undefined && isIn(who, channelTeam))
    return { allowed: true, because: `The channel is team ${channelTeam}'s, and ${who.name} is in it.` };
  return refuse(change);
}

function decideProposal(who: Person, change: Extract<Change, { kind: 'proposal-decision' }>): Permission {
  if (hasRole(who.roles, 'approver')) return { allowed: true, because: `${who.name} is an approver.` };
  if (isAmong(who, change.approvers))
    return { allowed: true, because: `${who.name} may approve what is done to ${scopeKey(change.scope)}.` };
  const unclear = change.approvers.filter((name) => who.seen?.unclearGroups.includes(name.toLowerCase()));
  return unclear.length > 0 ? refuseUnclear(who, unclear) : refuse(change);
}

function isIn({ roles }: Person, team: string): boolean {
  return hasRole(roles, 'member', team) || hasRole(roles, 'owner', team);
}

/** By e-mail or user group. */
function isAmong({ email, groups }: Person, names: readonly string[]): boolean {
  const own = [email, ...groups].map((one) => one.toLowerCase());
  return names.some((name) => own.includes(name.toLowerCase()));
}

const VIEWER: Permission = {
  allowed: false,
  reason: 'You may look at everything but change nothing: your role is viewer.',
  hint: 'Whoever keeps pennywatch.yaml can give you another one (roles).',
};

function refuseStranger({ platform, id }: { platform: string; id: string }): Permission {
  return {
    allowed: false,
    reason: 'You are not in pennywatch.yaml, so you may look at everything but change nothing.',
    hint: `Ask whoever keeps pennywatch.yaml to add you to your team's members with ${platform}: ${id}.`,
  };
}
