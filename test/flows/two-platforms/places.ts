/** A chat in two places at once: what stands in the channels of Slack and Teams, and who people are there. */
import { randomUUID } from 'node:crypto';
import type { Directory, DirectoryPerson, Interaction, MessageRef, Reply } from '../../../src/chat/types.ts';
import type { Actor } from '../../../src/core/actor.ts';
import type { Conversation } from '../../../src/core/conversation.ts';
import { createDispatch } from '../../../src/dispatch.ts';
import type { Context } from '../../../src/flows/context.ts';
import { createOutbox, createPoster, type Deliverer } from '../../../src/flows/post-outbox.ts';
import type { Button, View } from '../../../src/view/elements.ts';
import { renderText } from '../../../src/view/fallback.ts';

export const TENANT = '11111111-2222-4333-8444-555555555555';
export const CHANNEL = { slack: 'CSEARCH', teams: '19:search@thread.tacv2' } as const;
export type PlatformName = keyof typeof CHANNEL;

/** A message as it stands in a channel now. */
export interface Standing {
  readonly ref: MessageRef;
  readonly thread?: string;
  /** What it showed, oldest first. */
  readonly shown: View[];
}

export interface Chats {
  readonly slack: readonly Standing[];
  readonly teams: readonly Standing[];
  /** Empties the outbox. */
  post(): Promise<void>;
}

export function openChats(context: Context): Chats {
  const [slack, teams] = [channel('slack'), channel('teams')];
  const poster = createPoster({
    outbox: createOutbox(context.store),
    platforms: { slack: slack.platform, teams: teams.platform },
    now: context.now,
    log: context.log,
  });
  return {
    slack: slack.messages,
    teams: teams.messages,
    async post() {
      const { failed } = await poster.post();
      if (failed > 0) throw new Error(`${failed} messages were not posted`);
    },
  };
}

function channel(platform: PlatformName): { platform: Deliverer; messages: Standing[] } {
  const messages: Standing[] = [];
  return {
    messages,
    platform: {
      async deliver(target, view) {
        const ref = { platform, channel: target.channel, id: `${platform}-${messages.length + 1}` };
        messages.push({ ref, ...(target.thread && { thread: target.thread }), shown: [view] });
        return ref;
      },
      async update({ id }, view) {
        messages.find(({ ref }) => ref.id === id)?.shown.push(view);
      },
    },
  };
}

export const rootsIn = (messages: readonly Standing[]) => messages.filter(({ thread }) => !thread);
export const repliesTo = (messages: readonly Standing[], root: Standing | undefined) =>
  messages.filter(({ thread }) => thread !== undefined && thread === root?.ref.id);
export const viewOf = (message: Standing | undefined): View => message?.shown.at(-1) ?? { elements: [] };
export const textOf = (message: Standing | undefined) => renderText(viewOf(message));
export const labelsOf = (view: View) => buttonsOf(view).map(({ label }) => label);

export function buttonsOf({ elements }: View): readonly Button[] {
  return elements.flatMap((element) => (element.kind === 'actions' ? element.buttons : []));
}

/** Entra's object id of a person, by the first letters of the name. */
export function entra(letter: string): string {
  return `${letter.repeat(8)}-0000-4000-8000-${letter.repeat(12)}`;
}

export function on(platform: PlatformName, id: string): Actor & { kind: 'person' } {
  return { kind: 'person', platform, id };
}

/** Active members of the one workspace (tenant) we are in. */
export function directoryOf(people: readonly Pick<DirectoryPerson, 'id' | 'name' | 'email'>[]): Directory {
  const all = people.map((one): DirectoryPerson => ({ ...one, active: true, kind: 'member' }));
  return {
    person: async (id) => all.find((one) => one.id === id),
    personByEmail: async (email) => all.find((one) => one.email === email),
    groupMembers: async () => undefined,
  };
}

/** People typing and clicking in the team's channels. */
export function people(context: Context) {
  const dispatch = createDispatch(context, randomUUID);
  const answer = async (interaction: Interaction) => {
    const [reply] = await dispatch(interaction);
    return { reply, text: reply ? renderText(shownBy(reply)) : '', view: reply && shownBy(reply) };
  };
  const inChannel = (platform: PlatformName): Conversation => ({ platform, channel: CHANNEL[platform] });
  return {
    say: (actor: Actor & { kind: 'person' }, text: string, place?: Partial<Conversation>) =>
      answer({
        kind: 'sentence',
        text,
        actor,
        conversation: { ...inChannel(actor.platform as PlatformName), ...place },
      }),
    click: (actor: Actor & { kind: 'person' }, button: Button | undefined) =>
      answer({
        kind: 'button',
        buttonId: button?.id ?? '',
        actor,
        conversation: inChannel(actor.platform as PlatformName),
      }),
  };
}

function shownBy(reply: Reply): View {
  return reply.kind === 'form' ? { elements: reply.form.body ?? [] } : reply.view;
}
