/** A slash command: to the app, and its immediate answer into the channel. */
import { readContent } from '../content.ts';
import { addMessage, addSlackbotNote } from '../messages.ts';
import { appId, canSee, findPerson, handleOf, joinChannel, teamDomain } from '../people.ts';
import { Refusal } from '../refusal.ts';
import { newResponseUrl } from '../response-urls.ts';
import type { Channel, WorkspaceState } from '../state.ts';
import { newTrigger } from '../triggers.ts';
import type { CommandRequest } from '../wire.ts';
import { VERIFICATION_TOKEN } from './payload.ts';
import { type AppLink, sendToApp } from './send.ts';

/** Runs a typed line that starts with "/". What goes wrong is said in the channel, to that person only. */
export async function runCommand(
  state: WorkspaceState,
  link: AppLink,
  request: CommandRequest,
): Promise<void> {
  const channel = state.channels.get(request.channel);
  if (!channel || !canSee(channel, request.person)) throw new Refusal('channel_not_found');
  const [command = '', ...words] = request.text.trim().split(/(?<=^\S+)\s+/);
  const say = (text: string): void =>
    addSlackbotNote(state, {
      channel,
      person: request.person,
      text,
      ...(request.threadTs ? { threadTs: request.threadTs } : {}),
    });
  if (command === '/invite') return say(inviteApp(state, channel, words.join(' ')));
  if (request.threadTs) return say(`\`${command}\` is not supported in threads. Sorry!`);
  if (!state.seed.commands.some((one) => one.command === command)) {
    return say(
      `\`${command}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`,
    );
  }
  const ack = await sendToApp(link, commandForm(state, channel, request.person, command, words.join(' ')));
  if (!ack.ok) return say(`\`${command}\` failed with the error "${ack.error}"`);
  try {
    postAnswer(state, channel, request, ack.body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    link.log.warn({ error: error.code, problems: error.problems }, 'the answer to a command was refused');
    say(`\`${command}\` failed with the error "${error.code}"`);
  }
}

/** Slack's own command, as far as it brings the app into a channel. */
function inviteApp(state: WorkspaceState, channel: Channel, named: string): string {
  const { botName, botUserId } = state.seed;
  if (named.trim().toLowerCase() !== `@${botName}`.toLowerCase())
    return `In this workspace, only the app can be invited: \`/invite @${botName}\``;
  if (channel.memberIds.includes(botUserId)) return `${botName} is already in this channel.`;
  joinChannel(state, channel, botUserId);
  return `${botName} has joined this channel.`;
}

function commandForm(
  state: WorkspaceState,
  channel: Channel,
  personId: string,
  command: string,
  text: string,
): Record<string, string> {
  const person = findPerson(state, personId);
  if (!person) throw new Refusal('user_not_found');
  return {
    token: VERIFICATION_TOKEN,
    team_id: state.seed.teamId,
    team_domain: teamDomain(state),
    channel_id: channel.id,
    channel_name: channel.kind === 'direct' ? 'directmessage' : channel.name,
    user_id: person.id,
    user_name: handleOf(person),
    command,
    text,
    api_app_id: appId(state),
    is_enterprise_install: 'false',
    response_url: newResponseUrl(state, { person: person.id, channel: channel.id }),
    trigger_id: newTrigger(state, person.id),
  };
}

/** An answer for the channel also shows what was typed, as Slack does. */
function postAnswer(state: WorkspaceState, channel: Channel, request: CommandRequest, body: unknown): void {
  if (body === undefined) return;
  const answer = typeof body === 'object' && body !== null ? { ...body } : { text: String(body) };
  if (Object.keys(answer).length === 0) return;
  const { text, blocks } = readContent(state, answer);
  const open = 'response_type' in answer && answer.response_type === 'in_channel';
  if (open) addMessage(state, { channel, user: request.person, text: escapeText(request.text) });
  addMessage(state, {
    channel,
    user: state.seed.botUserId,
    text: text ?? '',
    ...(blocks ? { blocks } : {}),
    ...(open ? {} : { onlyFor: request.person }),
  });
}

/** What a person types is text, never markup: Slack's three escapes. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
