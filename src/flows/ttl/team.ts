/** Which team answers for what has an end, and who is asked about it. */
import type { Actor } from '../../core/actor.ts';
import type { Scope } from '../../core/scope.ts';
import { teamsOfCharges } from '../../store/names.ts';
import { findOwner } from '../../store/organisation.ts';
import type { StoredTtl } from '../../store/time-to-live.ts';
import type { Span } from '../../view/elements.ts';
import { ownerMention } from '../notices.ts';
import { actorNames, findStanding, type Place, teamOfScope } from '../standing.ts';

/**
 * An experiment that has not been on a bill yet is its setter's team's, where that person is in one only: bills come a day
 * after the start.
 */
export async function teamOfTtl(place: Place, actor: Actor, scope: Scope): Promise<string | undefined> {
  const team = await teamOfScope(place.store, scope);
  if (team !== undefined || scope.kind !== 'experiment') return team;
  if ((await teamsOfCharges(place.store, scope.name, 'experiment')).length > 0) return undefined;
  const who = await findStanding(place, actor);
  return who.kind === 'person' && who.teams.length === 1 ? who.teams[0] : undefined;
}

/** The actor behind a key, as far as it can be told. */
export function actorOfKey(key: string): Actor {
  const [, platform = 'system', id = ''] = /^([a-z]+):(.*)$/s.exec(key) ?? [];
  if (platform === 'system') return { kind: 'system', job: id };
  return platform === 'console' ? { kind: 'console', user: id } : { kind: 'person', platform, id };
}

/** Whom to ask: the owner, else who set it, else the owner of its team; nobody where none is known. */
export async function askedPerson(
  { store }: Pick<Place, 'store'>,
  scope: Scope,
  { setBy }: Pick<StoredTtl, 'setBy'>,
  team: string | undefined,
): Promise<Span | undefined> {
  const owner = await findOwner(store, scope);
  if (owner) return ownerMention(owner);
  const setter = actorOfKey(setBy);
  if (setter.kind === 'person') {
    const name = (await actorNames(store))(setBy);
    return { kind: 'mention', who: 'user', ids: { [setter.platform]: setter.id }, name };
  }
  const teamOwner = team === undefined ? undefined : await findOwner(store, { kind: 'team', name: team });
  return teamOwner && ownerMention(teamOwner);
}
