/** Slack keeps the contract of every chat platform. */
import { createSlack } from '../../../src/chat/slack/index.ts';
import { testPlatform } from '../../contracts/chat-platform.ts';
import { blockKitProblems, liveParts, visible } from './block-kit.ts';
import { recordingLog } from './slack-stand-in.ts';

interface Message {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

const platform = createSlack(
  { botToken: 'xoxb-x', signingSecret: 's' },
  { dispatch: async () => [], drawChart: async () => new Uint8Array(), log: recordingLog().logger },
);

testPlatform('Slack', {
  platform,
  problems: (payload) => [
    ...blockKitProblems((payload as Message).blocks),
    ...((payload as Message).text.length > 4_000 ? ['text is longer than Slack recommends'] : []),
  ],
  visibleText: (payload) => visible((payload as Message).blocks),
  fallback: (payload) => (payload as Message).text,
  live: (payload) => liveParts(payload as Message),
  mention: { platformId: 'U012AB3CD', live: '@U012AB3CD' },
});
