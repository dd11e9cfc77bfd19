/** Answers that take long, and views of one's own: what each person sees of a card, and when. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/chat/types.ts';
import type { View } from '../../../src/view/elements.ts';
import { offering, privately, type RunningTeams, startTeams, words } from './running-teams.ts';
import { anomaly, answered, delivered } from './standing-messages.ts';
import { textOfMessage } from './teams-stand-in-cards.ts';
import { PEOPLE, SEARCH, type StandInMessage } from './teams-stand-in-world.ts';

let app: RunningTeams;
beforeAll(async () => {
  app = await startTeams();
});
afterEach(() => app.reset());
afterAll(() => app.stop());

const shown = (message: StandInMessage): string => textOfMessage(message.activity);

describe('an answer that takes long', () => {
  /** Clicks, lets the patience end, and only then answers. */
  async function lateAnswer(on: StandInMessage, replies: readonly Reply[]): Promise<string> {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    app.answer(async () => {
      await held;
      return replies;
    });
    const clicked = app.teams.as('mira').clicks('By service', on);
    await app.askedOnce();
    app.pass('invoke');
    const { text } = await clicked;
    release();
    await app.settled();
    return text;
  }

  it('is said to be coming, and comes in the personal chat', async () => {
    const mira = app.teams.as('mira');
    const message = await answered(app);
    app.asked.length = 0;
    expect(await lateAnswer(message, [privately(words('after all'), true)])).toBe(
      'Working on it: the answer follows.',
    );
    expect(app.teams.posted(mira.direct)).toEqual([shown(message), 'after all']);
    expect(message.edits).toBe(0);
  });

  it('comes to the person alone when it was asked in a channel', async () => {
    const message = await delivered(app, anomaly, SEARCH);
    await lateAnswer(message, [privately(words('after all'), true)]);
    expect(app.teams.posted(app.teams.as('mira').direct)).toEqual(['after all']);
    expect(app.teams.messages(SEARCH)).toHaveLength(1);
  });

  it('comes in the thread by name to somebody who cannot be written to', async () => {
    const message = await delivered(app, anomaly, SEARCH);
    app.teams.failNext({ on: 'send', status: 403, code: 'BotNotInConversationRoster' });
    await lateAnswer(message, [privately(words('after all'), true)]);
    const [, late] = app.teams.messages(SEARCH);
    expect([late?.thread, late && shown(late)]).toEqual([message.id, 'For Mira Chen:\nafter all']);
  });
});

describe('a view of one’s own', () => {
  const mine = {
    label: 'What I can do',
    id: 'mine-1',
    action: { do: 'command', text: 'proposal 1' },
  } as const;
  const proposal: View = {
    elements: [
      ...words('Shut down 1 job?').elements,
      { kind: 'actions', deciders: true, buttons: [{ label: 'Approve', id: 'yes', action: mine.action }] },
    ],
    mine: { button: mine, people: [{ teams: PEOPLE.mira.id }, { slack: 'U0JON001' }] },
  };
  const decider = offering('Shut down 1 job?', 'Approve');
  const personal: Parameters<RunningTeams['answer']>[0] = async ({ actor }) =>
    actor.kind === 'person' && actor.id === PEOPLE.mira.id
      ? [privately(decider, true)]
      : [privately(words('You have no say in this.'))];

  it('is shown to those who have one, by itself, and to others on request', async () => {
    const message = await delivered(app, proposal, SEARCH);
    expect(shown(message)).toBe('Shut down 1 job?\nWhat I can do');
    app.answer(personal);
    const [mira, jon] = [app.teams.as('mira'), app.teams.as('jon')];
    const card = message.activity.attachments[0].content;
    expect(card.refresh.userIds).toEqual([PEOPLE.mira.userId]);
    expect((await mira.refreshes(message)).text).toBe('Shut down 1 job?\nApprove');
    expect((await jon.clicks('What I can do', message)).text).toBe('You have no say in this.\nBack');
    expect(app.asked).toMatchObject([
      { kind: 'button', buttonId: 'mine-1', actor: { id: PEOPLE.mira.id } },
      { kind: 'button', buttonId: 'mine-1', actor: { id: PEOPLE.jon.id } },
    ]);
    await app.settled();
    expect(message.edits).toBe(0);
  });

  it('never brings words to somebody who only looked', async () => {
    const message = await delivered(app, proposal, SEARCH);
    const jon = app.teams.as('jon');
    app.answer(personal);
    expect((await jon.refreshes(message)).text).toBe('Shut down 1 job?\nWhat I can do');
    app.answer(async () => {
      throw new TypeError('broken');
    });
    expect((await jon.refreshes(message)).text).toBe('Shut down 1 job?\nWhat I can do');
    await app.settled();
    expect([app.teams.messages(jon.direct), app.teams.messages(SEARCH).length]).toEqual([[], 1]);
  });

  it('is asked for once, and what fails leaves the message as it is', async () => {
    const message = await delivered(app, proposal, SEARCH);
    app.answer([privately(words('This button has expired.'))]);
    expect((await app.teams.as('mira').refreshes(message)).text).toBe('Shut down 1 job?\nWhat I can do');
    expect(app.asked).toHaveLength(1);
  });

  it('is what the way back leads to', async () => {
    const message = await delivered(app, proposal, SEARCH);
    app.answer(async (interaction) =>
      interaction.kind === 'button' && interaction.buttonId === 'mine-1'
        ? personal(interaction)
        : [privately(words('details'), true)],
    );
    const mira = app.teams.as('mira');
    const own = await mira.refreshes(message);
    const details = await mira.clicks('Approve', own.surface ?? message);
    expect(details.text).toBe('details\nBack');
    expect((await mira.clicks('Back', details.surface ?? message)).text).toBe('Shut down 1 job?\nApprove');
  });
});
