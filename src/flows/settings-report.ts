/** What is configured, and who Pennywatch thinks the asker is. */
import type { Actor } from '../core/actor.ts';
import { authorise, type Standing } from '../core/authorise.ts';
import type { Conversation } from '../core/conversation.ts';
import { type Day, dayInZone } from '../core/day.ts';
import { listBudgets } from '../store/budgets.ts';
import { findPerson, listMembers, listModels, listOwners, listTeams } from '../store/organisation.ts';
import type { Context } from './context.ts';
import { channelOf } from './report-place.ts';
import { findStanding } from './standing.ts';
import { listDeliveries } from './subscribe.ts';

export interface SettingsReport {
  readonly today: Day;
  readonly who: Standing;
  /** Absent at the terminal. */
  readonly here?: SettingsHere;
  /** What the asker may change, in words. */
  readonly mayChange: string;
  readonly counts: {
    readonly teams: number;
    readonly members: number;
    readonly models: number;
    readonly budgets: { readonly file: number; readonly chat: number };
    readonly owners: { readonly file: number; readonly chat: number };
    readonly reports: { readonly team: number; readonly subscribed: number };
  };
  /** Admins of the file that no chat platform can recognise: nobody in a team has their e-mail and a chat id. */
  readonly unrecognised: readonly string[];
}

/** Who the asker is and where it was asked, as the chat platform calls them: what pennywatch.yaml needs. */
export interface SettingsHere {
  readonly platform: string;
  /** The asker's own id. */
  readonly person: string;
  /** What the asker is recognised by; absent: by nothing. */
  readonly knownBy?: 'id' | 'e-mail';
  /** Absent in a conversation with the bot alone. */
  readonly channel?: string;
}

export async function reportSettings(
  context: Context,
  actor: Actor,
  conversation?: Conversation,
): Promise<SettingsReport> {
  const { store, settings } = context;
  const who = await findStanding(context, actor);
  const members = await listMembers(store);
  const deliveries = await listDeliveries(context);
  // Platforms that say who people are know them by their e-mail too.
  const byEmail = Object.keys(context.directories ?? {}).length > 0;
  const recognised = new Set(
    members
      .filter(({ identities }) => byEmail || identities.length > 0)
      .map(({ email }) => email.toLowerCase()),
  );
  return {
    today: dayInZone(context.now(), settings.timeZone),
    who,
    ...(actor.kind === 'person' && { here: await hereOf(context, actor, who, conversation) }),
    mayChange: mayChange(who),
    counts: {
      teams: (await listTeams(store)).length,
      members: members.length,
      models: (await listModels(store)).length,
      budgets: byManager(await listBudgets(store)),
      owners: byManager(await listOwners(store)),
      reports: {
        team: deliveries.filter(({ by }) => by === 'team').length,
        subscribed: deliveries.filter(({ by }) => by === 'subscription').length,
      },
    },
    unrecognised: settings.admins.filter((email) => !recognised.has(email.toLowerCase())),
  };
}

async function hereOf(
  { store }: Context,
  actor: Extract<Actor, { kind: 'person' }>,
  who: Standing,
  conversation: Conversation | undefined,
): Promise<SettingsHere> {
  const { platform, id } = actor;
  const written = (await findPerson(store, actor)) !== undefined;
  const channel = channelOf(conversation)?.target;
  return {
    platform,
    person: id,
    ...(who.kind === 'person' && { knownBy: written ? ('id' as const) : ('e-mail' as const) }),
    ...(channel !== undefined && { channel }),
  };
}

/** In words what somebody may change, from the one function that decides it. */
function mayChange(who: Standing): string {
  const everything = authorise(who, { kind: 'budget', scope: { kind: 'org' } });
  if (everything.allowed) return `everything: ${everything.because}`;
  if (who.kind === 'person' && who.teams.length > 0)
    return `budgets, owners and subscriptions of ${who.teams.map((team) => `team ${team}`).join(', ')} and its models`;
  return `nothing but your own subscriptions. ${everything.hint}`;
}

function byManager(rows: readonly { readonly managedBy: 'file' | 'chat' }[]): { file: number; chat: number } {
  const file = rows.filter(({ managedBy }) => managedBy === 'file').length;
  return { file, chat: rows.length - file };
}
