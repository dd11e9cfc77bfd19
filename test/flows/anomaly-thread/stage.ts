/** Anomalies of a real database told in a real Bolt app's workspace: costs in, rounds of analysis, clicks, messages out. */

import type { Settings } from '../../../src/core/settings.ts';
import { createDispatch } from '../../../src/dispatch.ts';
import { analysisRound } from '../../../src/flows/analysis-round.ts';
import type { Context } from '../../../src/flows/context.ts';
import { createOutbox, createPoster, type Poster } from '../../../src/flows/post-outbox.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import type { Message } from '../../../src/sandbox/state.ts';
import { type Connected, connectToWorkspace, found } from '../../chat/slack/connected.ts';
import { type Organisation, openOrganisation, usual } from '../analyse/costs.ts';

export const MIRA = { name: 'Mira Chen', email: 'mira@example.com', slack: 'UMIRA' };
export const JON = { name: 'Jon Park', email: 'jon@example.com', slack: 'UJON' };

export const SETTINGS: Partial<Settings> = {
  teams: [
    { name: 'search', title: 'Search', owner: JON.email, members: [MIRA, JON], channel: { slack: 'CGEN' } },
  ],
  models: [{ name: 'bert', title: 'BERT', team: 'search', owner: MIRA.email, aliases: [] }],
  admins: [JON.email],
};

export interface Stage {
  readonly org: Organisation;
  readonly context: Context;
  readonly slack: Connected;
  readonly poster: Poster;
  /** bert's training costs $100 a day, and so much more on the days named; complete through `last`. */
  bill(more: Readonly<Record<string, number>>, last: string): Promise<void>;
  /** Analyses and empties the outbox at this time; without one, at the time it is. */
  round(time?: string): Promise<void>;
  /** What stands in the channel outside of threads, and in the thread of the first such message. */
  roots(channel?: string): readonly Message[];
  thread(channel?: string): readonly Message[];
  /** A person clicks a button of a message; resolves when the click was answered and the outbox is empty. */
  click(person: string, message: Message, label: string): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(settings: Partial<Settings> = SETTINGS): Promise<Stage> {
  const org = await openOrganisation(settings);
  const { context } = org;
  await syncSettings(context);
  let ids = 0;
  let answered = 0;
  const dispatch = createDispatch(context, () => `button-id-${++ids}`);
  const slack = await connectToWorkspace(async (interaction) => {
    const replies = await dispatch(interaction);
    answered += 1;
    return replies;
  });
  const poster = createPoster({
    outbox: createOutbox(context.store),
    platforms: { slack: slack.platform },
    now: context.now,
    log: context.log,
  });
  const shown = (channel: string) => slack.messages(channel).filter(({ onlyFor }) => onlyFor === undefined);
  const roots = (channel = 'CGEN') => shown(channel).filter(({ threadTs }) => threadTs === undefined);
  return {
    org,
    context,
    slack,
    poster,
    bill: (more, last) =>
      org.write(
        {
          'search/bert/training/EC2': usual(100, more),
          'search/bert/inference/SageMaker': usual(300),
        },
        last,
      ),
    async round(time) {
      if (time) org.at(time);
      const { failed } = await analysisRound(context);
      if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
      await poster.post();
    },
    roots,
    thread: (channel = 'CGEN') => {
      const [root] = roots(channel);
      return shown(channel).filter(({ threadTs }) => threadTs !== undefined && threadTs === root?.ts);
    },
    async click(person, message, label) {
      const before = answered;
      const blocks = message.blocks as readonly {
        block_id?: string;
        elements?: readonly { action_id?: string; text?: { text?: string } }[];
      }[];
      const block = blocks.find(({ elements }) => elements?.some(({ text }) => text?.text === label));
      const button = block?.elements?.find(({ text }) => text?.text === label);
      if (!button) throw new Error(`There is no button "${label}" in: ${message.text}`);
      await slack.page('action', {
        person,
        channel: message.channel,
        ts: message.ts,
        blockId: block?.block_id,
        actionId: button.action_id,
        action: button,
        values: {},
      });
      await found(() => (answered > before ? true : undefined));
      await poster.post();
    },
    async close() {
      await slack.stop();
      await org.close();
    },
  };
}

/** Labels of the buttons of a message. */
export function buttonsOf({ blocks }: Message): string[] {
  return (blocks as readonly { type: string; elements?: readonly { text?: { text: string } }[] }[])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements = [] }) => elements.flatMap(({ text }) => text?.text ?? []));
}

/** Ids of the people and groups a message calls. */
export function mentionsOf({ blocks }: Message): string[] {
  return [...JSON.stringify(blocks).matchAll(/"(?:user_id|usergroup_id)":"(\w+)"/g)].map(
    ([, id]) => id ?? '',
  );
}
