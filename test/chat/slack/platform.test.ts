/** Slack keeps the contract of every chat platform. */
import { createSlack } from '../../../src/chat/slack/index.ts';
import { testPlatform } from '../../contracts/chat-platform.ts';
import { blockKitProblems, liveParts, visible } from './block-kit.ts';
import { connectToWorkspace, found } from './connected.ts';
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
  async connect(dispatch) {
    const workspace = await connectToWorkspace(dispatch);
    const posted = () =>
      workspace
        .messages('CGEN')
        .filter(({ user }) => user === 'UBOT')
        .map(({ blocks }) => visible(blocks));
    return {
      platform: workspace.platform,
      channel: { platform: 'slack', channel: 'CGEN' },
      posted,
      postedCount: (count) =>
        found(() => (posted().length >= count ? true : undefined)).then(() => undefined),
      loseNextAnswer: workspace.loseNextAnswer,
      mention: (words) =>
        workspace.page('message', { person: 'UMIRA', channel: 'CGEN', text: `@Pennywatch ${words}` }),
      async openHome() {
        await workspace.page('home', { person: 'UMIRA', tab: 'home' });
        const home = await found(() => workspace.sandbox.state.homes.get('UMIRA'));
        return visible(home.definition.blocks);
      },
      stop: workspace.stop,
    };
  },
});
