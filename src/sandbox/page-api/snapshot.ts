/** Everything one person sees, for a page that has just opened. */
import { blockFiles, messageView, visibleMessages } from '../messages.ts';
import { canSee, channelView, findPerson } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';
import { homeView, modalViews } from '../views.ts';
import type { FileView, Snapshot } from '../wire.ts';

const APP_COLOUR = '#b5622b';

/** Empty `person` means the first one. Refuses unknown people. */
export function takeSnapshot(state: WorkspaceState, person: string): Snapshot {
  const { seed } = state;
  const me = person === '' ? seed.people[0] : findPerson(state, person);
  if (!me) throw new Refusal('user_not_found');
  const messages = visibleMessages(state, me.id);
  const modals = modalViews(state, me.id);
  const stored = state.homes.get(me.id);
  const home = stored ? homeView(stored) : null;
  const blocks = [...messages, ...modals, { blocks: home?.blocks ?? [] }].flatMap((one) => one.blocks);
  const files = new Map<string, FileView>(blockFiles(state, blocks).map((file) => [file.id, file]));
  return {
    team: { id: seed.teamId, name: seed.teamName },
    me: me.id,
    bot: { id: seed.botUserId, name: seed.botName, title: 'App', colour: APP_COLOUR },
    people: seed.people.map(({ id, name, title, colour }) => ({ id, name, title, colour })),
    usergroups: seed.usergroups.map(({ id, handle }) => ({ id, handle })),
    commands: seed.commands.map((command) => ({ ...command, examples: command.examples ?? [] })),
    shortcuts: state.shortcuts,
    channels: [...state.channels.values()].filter((channel) => canSee(channel, me.id)).map(channelView),
    messages: messages.map((message) => messageView(state, message)),
    files: [...files.values()],
    modals,
    home,
    links: seed.links ?? [],
  };
}
