/** What a person types as an ordinary message. */
import { escapeText } from '../app/command.ts';
import { addMessage, addSlackbotNote, requireMessage } from '../messages.ts';
import { canSee, findPerson, joinChannel } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';
import { checkText } from '../validate/message.ts';
import type { CommandRequest } from '../wire.ts';

/** Posts the line; "@Full Name" and "@handle" of people and groups become mentions. */
export function say(state: WorkspaceState, request: CommandRequest): void {
  const channel = state.channels.get(request.channel);
  if (!channel || !canSee(channel, request.person)) throw new Refusal('channel_not_found');
  if (!findPerson(state, request.person)) throw new Refusal('user_not_found');
  if (request.text.trim() === '') throw new Refusal('no_text');
  checkText(request.text);
  if (request.threadTs) requireMessage(state, channel.id, request.threadTs);
  joinChannel(state, channel, request.person);
  const text = withMentions(state, escapeText(request.text));
  const inThread = request.threadTs ? { threadTs: request.threadTs } : {};
  addMessage(state, { channel, user: request.person, text, ...inThread });
  const { botName, botUserId } = state.seed;
  if (!text.includes(`<@${botUserId}>`) || channel.memberIds.includes(botUserId)) return;
  addSlackbotNote(state, {
    channel,
    person: request.person,
    text: `You mentioned @${botName}, but it is not in this channel, so it does not hear of it. Bring it in with \`/invite @${botName}\`.`,
    ...inThread,
  });
}

function withMentions(state: WorkspaceState, text: string): string {
  const { people, usergroups, botName, botUserId } = state.seed;
  const names = [
    ...people.map(({ id, name }) => ({ written: `@${name}`, token: `<@${id}>` })),
    { written: `@${botName}`, token: `<@${botUserId}>` },
    ...usergroups.map(({ id, handle }) => ({ written: `@${handle}`, token: `<!subteam^${id}>` })),
  ];
  return names.reduce((line, { written, token }) => line.replaceAll(written, token), text);
}
