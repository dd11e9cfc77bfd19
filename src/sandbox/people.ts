/** People, groups and channels as Slack's objects, and who may see what. */
import { Refusal } from './refusal.ts';
import type { Channel, WorkspaceState } from './state.ts';
import type { SeedPerson, SeedUserGroup } from './types.ts';
import type { ChannelView } from './wire.ts';

export const SLACKBOT = 'USLACKBOT';

export function findPerson(state: WorkspaceState, id: string): SeedPerson | undefined {
  return state.seed.people.find((person) => person.id === id);
}

/** A name for mentions and lists; the id itself for somebody unknown. */
export function nameOf(state: WorkspaceState, id: string): string {
  if (id === state.seed.botUserId) return state.seed.botName;
  return findPerson(state, id)?.name ?? id;
}

/** The short name in Slack's payloads: "mira.chen". */
export function handleOf(person: Pick<SeedPerson, 'email'>): string {
  return person.email.split('@')[0] ?? person.email;
}

export function userObject(state: WorkspaceState, person: SeedPerson): Record<string, unknown> {
  const zone = person.timeZone ?? 'UTC';
  return {
    id: person.id,
    team_id: state.seed.teamId,
    name: handleOf(person),
    real_name: person.name,
    deleted: false,
    tz: zone,
    tz_label: zone,
    is_bot: false,
    is_app_user: false,
    is_admin: false,
    profile: {
      title: person.title,
      real_name: person.name,
      real_name_normalized: person.name,
      display_name: person.name,
      display_name_normalized: person.name,
      email: person.email,
      team: state.seed.teamId,
    },
  };
}

export function botUserObject(state: WorkspaceState): Record<string, unknown> {
  const { botUserId, botName, teamId } = state.seed;
  return {
    id: botUserId,
    team_id: teamId,
    name: botName.toLowerCase(),
    real_name: botName,
    deleted: false,
    is_bot: true,
    profile: { real_name: botName, display_name: botName, bot_id: botId(state), api_app_id: appId(state) },
  };
}

export const botId = (state: WorkspaceState): string => `B${state.seed.botUserId.slice(1)}`;
export const appId = (state: WorkspaceState): string => `A${state.seed.botUserId.slice(1)}`;
/** Part of Slack's addresses: "wrenfield" of wrenfield.slack.com. */
export const teamDomain = (state: WorkspaceState): string =>
  state.seed.teamName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

export function groupObject(group: SeedUserGroup, withUsers: boolean): Record<string, unknown> {
  return {
    id: group.id,
    is_usergroup: true,
    name: group.name ?? group.handle,
    handle: group.handle,
    user_count: group.members.length,
    date_delete: 0,
    ...(withUsers ? { users: [...group.members] } : {}),
  };
}

/** By id, by "#name" or "name"; a person's id stands for the app's conversation with that person. */
export function requireChannel(state: WorkspaceState, reference: string): Channel {
  const name = reference.replace(/^#/, '');
  const known =
    state.channels.get(reference) ?? [...state.channels.values()].find((channel) => channel.name === name);
  if (known) return known;
  if (findPerson(state, reference)) return openDirect(state, [reference]);
  throw new Refusal('channel_not_found');
}

/** The conversation of the app with these people, made on first use. Refuses unknown people. */
export function openDirect(state: WorkspaceState, people: readonly string[]): Channel {
  if (people.length === 0 || !people.every((id) => findPerson(state, id)))
    throw new Refusal('user_not_found');
  const members = [...people, state.seed.botUserId].sort();
  const open = [...state.channels.values()].find(
    ({ kind, memberIds }) => kind === 'direct' && [...memberIds].sort().join() === members.join(),
  );
  if (open) return open;
  const channel: Channel = {
    id: state.ids.next('D'),
    name: state.seed.botName,
    topic: '',
    kind: 'direct',
    memberIds: members,
  };
  state.channels.set(channel.id, channel);
  state.hub.publish({ kind: 'channel', channel: channelView(channel) }, channel.memberIds);
  return channel;
}

/** Public channels are open to everybody; others only to members. */
export function canSee(channel: Channel, person: string): boolean {
  return channel.kind === 'channel' || channel.memberIds.includes(person);
}

export function joinChannel(state: WorkspaceState, channel: Channel, user: string): void {
  if (channel.memberIds.includes(user)) return;
  channel.memberIds.push(user);
  state.hub.publish({ kind: 'channel', channel: channelView(channel) });
}

export function channelView(channel: Channel): ChannelView {
  return { ...channel, memberIds: [...channel.memberIds] };
}

export function channelObject(state: WorkspaceState, channel: Channel): Record<string, unknown> {
  const direct = channel.kind === 'direct';
  return {
    id: channel.id,
    ...(direct
      ? { user: channel.memberIds.find((id) => id !== state.seed.botUserId) }
      : { name: channel.name, name_normalized: channel.name }),
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'private',
    is_im: direct,
    is_private: channel.kind !== 'channel',
    is_archived: false,
    is_general: channel.name === 'general',
    is_member: channel.memberIds.includes(state.seed.botUserId),
    num_members: channel.memberIds.length,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.topic, creator: '', last_set: 0 },
  };
}
