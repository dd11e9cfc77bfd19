/** Who answers for an anomaly, why that person, and who is asked when that person does not answer. */
import { parseScope, type Scope } from '../../core/scope.ts';
import { pathScope } from '../../core/scope-path.ts';
import type { StoredAnomaly } from '../../store/anomalies.ts';
import type { StoreTransaction } from '../../store/open.ts';
import {
  type FoundOwner,
  findOwner,
  listMembers,
  type OwnerStep,
  ownerSteps,
} from '../../store/organisation.ts';
import type { Span } from '../../view/elements.ts';
import { scopeTitle } from '../../view/messages/scope-words.ts';
import { idsOf, isOnAnyPlatform } from '../person-ids.ts';
import { teamOfScope } from '../standing.ts';

/** Somebody as messages call them. */
export interface Somebody {
  readonly name: string;
  /** Absent for a user group. */
  readonly email?: string;
  readonly mention: Span;
}

export interface Answerable {
  /** Absent: nobody owns it. */
  readonly owner?: Somebody;
  /** "owner from tag owner=mira", "team lead of search", "nobody owns it: FinOps". */
  readonly why: string;
  /** The team that answers for it. */
  readonly team?: string;
  /** Asked when the owner does not answer; absent: FinOps is. */
  readonly backup?: Somebody;
}

type About = Pick<StoredAnomaly, 'path' | 'assignee'>;

/** Given by hand, else the owner of its scope, else the lead of its team, else nobody. */
export async function findAnswerable(store: StoreTransaction, anomaly: About): Promise<Answerable> {
  const scope = pathScope(anomaly.path);
  const team = anomaly.path[0] || (await teamOfScope(store, scope));
  const lead = team === undefined ? undefined : await findOwner(store, { kind: 'team', name: team });
  const chosen = await choose(store, anomaly, lead && { lead, team });
  const backup = lead && lead.name !== chosen.owner?.name ? somebodyOf(lead) : undefined;
  return { ...chosen, ...(team !== undefined && { team }), ...(chosen.owner && backup && { backup }) };
}

async function choose(
  store: StoreTransaction,
  { path, assignee }: About,
  standing: { readonly lead: FoundOwner; readonly team: string | undefined } | undefined,
): Promise<Pick<Answerable, 'owner' | 'why'>> {
  if (assignee !== undefined)
    return { owner: await somebodyCalled(store, assignee), why: 'it was given to them' };
  const scope = pathScope(path);
  for await (const step of ownerSteps(store, scope))
    if (step.owner) return { owner: somebodyOf(step.owner), why: whyOf(step, step.owner, scope) };
  if (standing) return { owner: somebodyOf(standing.lead), why: `team lead of ${standing.team}` };
  return { why: 'nobody owns it: FinOps' };
}

function whyOf(step: OwnerStep, owner: FoundOwner, asked: Scope): string {
  const { place, tags = [], rules = [] } = step;
  const of = scopeTitle(step.scope === undefined ? asked : parseScope(step.scope));
  switch (place) {
    case 'tag': {
      const named = tags.map(({ key, value }) => `${key}=${value.slice(0, 60)}`);
      return `owner from tag ${named.slice(0, 2).join(' and ')}`;
    }
    case 'rule':
      return `lead of team ${owner.team ?? ''}, to which the rule "${rules[0]?.rule ?? ''}" gives it`;
    case 'team':
      return `team lead of ${owner.team ?? ''}`;
    case 'file':
    case 'chat':
      return owner.source === 'team' ? `team lead of ${owner.team ?? ''}` : `owner of ${of}`;
  }
}

/** An e-mail or "@group" as it is kept. */
export async function somebodyCalled(store: StoreTransaction, who: string): Promise<Somebody> {
  if (who.startsWith('@')) return group(who);
  const member = (await listMembers(store)).find(({ email }) => email === who);
  return person(member?.name ?? who, who, idsOf(member?.identities ?? []));
}

function somebodyOf(owner: FoundOwner): Somebody {
  return owner.kind === 'group' ? group(owner.name) : person(owner.name, owner.email, owner.ids);
}

/** Groups are known by their handle; the platform finds out which one that is. */
function group(handle: string): Somebody {
  return { name: handle, mention: { kind: 'mention', who: 'group', ids: { slack: handle }, name: handle } };
}

function person(name: string, email: string, ids: Readonly<Record<string, string>>): Somebody {
  const mention: Span = isOnAnyPlatform(ids)
    ? { kind: 'mention', who: 'user', ids, name }
    : { kind: 'text', text: name };
  return { name, email, mention };
}
