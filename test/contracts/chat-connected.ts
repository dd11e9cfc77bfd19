/** What every chat platform must do in a workspace: post once, answer plain words, show a home. */
import { describe, expect, it } from 'vitest';
import type { ChatPlatform, Conversation, Dispatch, Interaction } from '../../src/chat/types.ts';
import { text, type View } from '../../src/view/elements.ts';
import { samples, shown } from './chat-platform.ts';

export interface ConnectedProbe {
  readonly platform: ChatPlatform;
  /** A channel the bot may read and write. */
  readonly channel: Conversation;
  /** The text of every message of the bot in the channel, threads included, oldest first. */
  posted(): readonly string[];
  /** Resolves when the bot has posted this many messages in the channel. */
  postedCount(count: number): Promise<void>;
  /** The workspace takes the next message, but its answer never arrives. */
  loseNextAnswer(): void;
  /** The person names the bot in the channel and says this. */
  mention(text: string): Promise<void>;
  /** The person opens the bot's home; resolves with what is shown once something is. */
  openHome(): Promise<string>;
  stop(): Promise<void>;
}

export function testConnected(name: string, connect: (dispatch: Dispatch) => Promise<ConnectedProbe>): void {
  const said = (words: string): View => ({ elements: [{ kind: 'text', spans: [text(words)] }] });

  describe(`${name}: delivery`, () => {
    it('posts once, although the answer to the first attempt was lost', async () => {
      const probe = await connect(async () => []);
      probe.loseNextAnswer();
      const lost = await probe.platform.deliver(probe.channel, said('report'), { key: 'weekly' }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(lost).toMatchObject({ code: 'UPSTREAM', uncertain: true });
      const again = { key: 'weekly', mayBeThere: true };
      const ref = await probe.platform.deliver(probe.channel, said('report'), again);
      expect(probe.posted()).toEqual(['report']);
      await probe.platform.update(ref, said('report, restated'));
      expect(probe.posted()).toEqual(['report, restated']);
      expect(await probe.platform.deliver(probe.channel, said('report'), again)).toEqual(ref);
      await probe.stop();
    });

    it('posts what is not there, and tells keys apart', async () => {
      const probe = await connect(async () => []);
      await probe.platform.deliver(probe.channel, said('one'), { key: 'a' });
      await probe.platform.deliver(probe.channel, said('two'), { key: 'b', mayBeThere: true });
      await probe.platform.deliver(probe.channel, said('three'));
      expect(probe.posted()).toEqual(['one', 'two', 'three']);
      await probe.stop();
    });

    it('finds a message in the thread it went to', async () => {
      const probe = await connect(async () => []);
      const root = await probe.platform.deliver(probe.channel, said('root'), { key: 'root' });
      const thread = { ...probe.channel, thread: root.id };
      const first = await probe.platform.deliver(thread, said('table'), { key: 'table' });
      const again = { key: 'table', mayBeThere: true };
      expect(await probe.platform.deliver(thread, said('table'), again)).toEqual(first);
      expect(probe.posted()).toEqual(['root', 'table']);
      await probe.stop();
    });
  });

  describe(`${name}: plain words and the home`, () => {
    it('answers a sentence for everybody and tells where the answer is', async () => {
      const asked: Interaction[] = [];
      const probe = await connect(async (interaction) => {
        asked.push(interaction);
        return interaction.kind === 'sentence'
          ? [{ kind: 'public', view: said(`heard: ${interaction.text}`), command: 'model bert 30d' }]
          : [];
      });
      await probe.mention('how much did bert cost?');
      await probe.postedCount(1);
      await probe.stop();
      expect(probe.posted()).toEqual(['heard: how much did bert cost?']);
      expect(asked.map(({ kind }) => kind)).toEqual(['sentence', 'posted']);
      const [sentence, posted] = asked;
      expect(posted).toMatchObject({
        command: 'model bert 30d',
        messageId: expect.stringMatching(/./),
        actor: sentence?.actor,
        conversation: sentence?.conversation,
      });
      expect(structuredClone(asked)).toEqual(asked);
    });

    it('shows a home, also a large one with a table', async () => {
      const elements = [
        samples.heading,
        samples.table,
        samples.actions,
        ...Array.from({ length: 150 }, (_, index) => ({
          kind: 'text' as const,
          spans: [text(`paragraph ${index}`)],
        })),
      ];
      const probe = await connect(async ({ kind }) =>
        kind === 'home' ? [{ kind: 'home', view: { elements } }] : [],
      );
      const home = await probe.openHome();
      await probe.stop();
      for (const words of [...shown.heading, ...shown.table, ...shown.actions]) expect(home).toContain(words);
      expect(home).toMatch(/left out/);
    });
  });
}
