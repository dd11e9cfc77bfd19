/** Pins messages for the next weekly report of a team, and takes them off again. */
import { nextSlot } from '../analysis/schedule/slots.ts';
import { type Actor, actorKey } from '../core/actor.ts';
import type { Conversation } from '../core/conversation.ts';
import { AppError } from '../core/errors.ts';
import { appendAudit } from '../store/audit.ts';
import { listMembers, listTeams } from '../store/organisation.ts';
import { findPin, listPins, loadPin, removePin, type StoredPin, savePin } from '../store/pins.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Context } from './context.ts';
import { findRecipients, type Recipient } from './report-recipients.ts';
import { demand, findStanding } from './standing.ts';

export { forgetOldAnswers } from './posted-answers.ts';

/** Longest excerpt of a message, in characters. */
const EXCERPT = 300;

/** When a team's next weekly report comes; absent when it gets none. */
export interface NextReport {
  readonly at: Date;
  readonly timeZone: string;
}

export interface TeamPins {
  readonly team: string;
  readonly pins: readonly StoredPin[];
  readonly next?: NextReport;
}

export interface PinRequest {
  readonly conversation: Conversation;
  readonly message: {
    readonly id: string;
    /** Mentions are "@id" where the platform gives no name. */
    readonly text: string;
    readonly author?: string;
    readonly authorName?: string;
  };
  /** The command that the message answers, when it is ours. */
  readonly command?: string;
}

/**
 * Pins a message for the team whose channel it is in, or for the actor's own team. `already` when it was. Throws
 * FORBIDDEN for somebody we don't know and INVALID when it is not clear for which team, or there is nothing to pin.
 */
export async function pinMessage(
  context: Context,
  actor: Actor,
  { conversation, message, command }: PinRequest,
): Promise<{ pin: StoredPin; already: boolean; next?: NextReport }> {
  const team = await teamFor(context, actor, conversation);
  const { platform, channel } = conversation;
  const nameOf = await personNames(context, platform);
  const author = message.authorName ?? (message.author && nameOf(message.author));
  const words = message.text.replace(/@([A-Z0-9]{6,})\b/g, (mention, id: string) => {
    const name = nameOf(id);
    return name ? `@${name}` : mention;
  });
  const excerpt = shorten(words) || (command && `/cost ${command}`);
  if (!excerpt)
    throw new AppError('INVALID', 'This message has no text, so there is nothing to pin.', {
      hint: 'Pin a message with words in it.',
    });
  const place = { platform, channel, messageId: message.id, team };
  const at = new Date(context.now());
  const pinned = await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const known = await findPin(tx, place);
    if (known && known.reportedIn === undefined) return { pin: known, already: true };
    const pin = await savePin(tx, {
      ...place,
      excerpt,
      ...(author && { author }),
      ...(command && { command }),
      pinnedBy: actorKey(actor),
      createdAt: at,
    });
    const entry = { at, actor: actorKey(actor), action: 'pin.add', subject: `team:${team}` };
    await appendAudit(tx, { ...entry, after: auditText(pin) });
    return { pin, already: false };
  });
  const next = nextReport(await findRecipients(context), team, context.now());
  return { ...pinned, ...(next && { next }) };
}

/** Takes a pin off. Throws NOT_FOUND when there is none that waits, FORBIDDEN when it is not the actor's to take off. */
export async function unpin(context: Context, actor: Actor, id: number): Promise<StoredPin> {
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const pin = await loadPin(tx, id);
    if (!pin || pin.reportedIn !== undefined)
      throw new AppError('NOT_FOUND', 'This pin is gone already: removed, or in a report.', {
        hint: 'See what is pinned: pins.',
      });
    const who = await findStanding({ store: tx, settings: context.settings }, actor);
    const own = pin.pinnedBy === actorKey(actor);
    if (
      !own &&
      (who.kind === 'stranger' || (who.kind === 'person' && !who.admin && !who.teams.includes(pin.team)))
    )
      throw new AppError('FORBIDDEN', "You can't take this pin off.", {
        hint: `Whoever pinned it, team ${pin.team} or an admin can.`,
      });
    await demand(
      { store: tx, settings: context.settings },
      actor,
      { kind: 'pin', scope: { kind: 'org' } },
      who,
    );
    await removePin(tx, id);
    const entry = { at: new Date(context.now()), actor: actorKey(actor), action: 'pin.remove' };
    await appendAudit(tx, { ...entry, subject: `team:${pin.team}`, before: auditText(pin) });
    return pin;
  });
}

/** What waits for the next reports: of the channel's team, else of the actor's teams, else of all teams with pins. */
export async function readPins(
  context: Context,
  actor: Actor,
  conversation: Conversation | undefined,
): Promise<readonly TeamPins[]> {
  const teams = await listTeams(context.store);
  const who = await findStanding(context, actor);
  const channelTeam = conversation && ownerOfChannel(teams, conversation);
  const own = channelTeam ? [channelTeam] : who.kind === 'person' ? who.teams : [];
  const names = own.length > 0 ? own : teams.map(({ name }) => name);
  const recipients = await findRecipients(context);
  const found: TeamPins[] = [];
  for (const team of names) {
    const next = nextReport(recipients, team, context.now());
    found.push({ team, pins: await listPins(context.store, team), ...(next && { next }) });
  }
  return own.length > 0 ? found : found.filter(({ pins }) => pins.length > 0);
}

/** How the people of a chat platform are called, by id; undefined for somebody who is not in pennywatch.yaml. */
async function personNames(
  { store }: Context,
  platform: string,
): Promise<(id: string) => string | undefined> {
  const members = await listMembers(store);
  return (id) =>
    members.find(({ identities }) => identities.some((one) => one.platform === platform && one.id === id))
      ?.name;
}

async function teamFor(context: Context, actor: Actor, conversation: Conversation): Promise<string> {
  const who = await findStanding(context, actor);
  if (who.kind === 'stranger')
    throw new AppError('FORBIDDEN', "I don't know you yet, so I can't pin anything for you.", {
      hint: 'Ask whoever keeps pennywatch.yaml to add you to your team.',
    });
  await demand(context, actor, { kind: 'pin', scope: { kind: 'org' } }, who);
  const ofChannel = ownerOfChannel(await listTeams(context.store), conversation);
  if (ofChannel) return ofChannel;
  const teams = who.kind === 'person' ? who.teams : [];
  const [only] = teams;
  if (only && teams.length === 1) return only;
  throw new AppError('INVALID', "I don't know whose weekly report this is for.", {
    hint:
      teams.length > 1
        ? `This channel is no team's, and you are in ${teams.join(', ')}: pin it in the channel of one of them.`
        : "This channel is no team's, and you are in none: pin it in a team's channel.",
  });
}

function ownerOfChannel(
  teams: readonly { readonly name: string; readonly channels: Readonly<Record<string, string>> }[],
  { platform, channel }: Conversation,
): string | undefined {
  const owners = teams.filter(({ channels }) => channels[platform] === channel);
  return owners.length === 1 ? owners[0]?.name : undefined;
}

function nextReport(recipients: readonly Recipient[], team: string, now: number): NextReport | undefined {
  const slots = recipients
    .filter(({ scope, frequency }) => frequency === 'weekly' && scope.kind === 'team' && scope.name === team)
    .map(({ schedule }) => ({ at: nextSlot(schedule, now).at, timeZone: schedule.timeZone }))
    .sort((a, b) => a.at - b.at);
  const [first] = slots;
  return first && { at: new Date(first.at), timeZone: first.timeZone };
}

function shorten(text: string): string {
  const characters = [...text.replace(/\s+/gu, ' ').trim()];
  return characters.length > EXCERPT ? `${characters.slice(0, EXCERPT - 1).join('')}…` : characters.join('');
}

function auditText({ id, platform, channel, messageId, excerpt, author, command }: StoredPin): string {
  return JSON.stringify({ id, platform, channel, messageId, excerpt, author, command });
}
