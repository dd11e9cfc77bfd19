/** What a click could say that is not so: which message it was on, which conversation a form is of, what a button is. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeActionData } from '../../../src/chat/teams/data-of-action.ts';
import { idOf, offering, privately, type RunningTeams, startTeams, words } from './running-teams.ts';
import { SEARCH, type StandInMessage, TENANT } from './teams-stand-in-world.ts';

let running: RunningTeams;

beforeAll(async () => {
  running = await startTeams();
  await running.teams.as('jon').addsToTeam();
  for (const name of ['mira', 'jon'] as const) await running.teams.as(name).installs();
});
afterEach(() => running.reset());
afterAll(() => running.stop());

/** Jon clicks, and says that it was on this message. */
function clicks(
  on: string,
  place: { in?: string; thread?: string } = {},
  verb: 'button' | 'back' = 'button',
) {
  const data = writeActionData(verb === 'back' ? { pw: 'back' } : { pw: 'button', id: idOf('Look') });
  const action = { type: 'Action.Execute', verb, data };
  const value = { action, trigger: 'manual' };
  return running.teams.as('jon').invokes('adaptiveCard/action', value, { ...place, replyTo: on });
}

const shown = (message: StandInMessage) => JSON.stringify(message.activity);
const everything = () => running.teams.world.messages.filter(({ from }) => from === 'bot').map(shown);

/** Mira asks, and is answered in her own chat. */
async function secretOfMira(): Promise<StandInMessage> {
  const mira = running.teams.as('mira');
  running.answer([privately(offering('Only for Mira', 'Look'))]);
  await mira.says('what do I owe?');
  await running.settled();
  const [answer] = running.teams.messages(mira.direct);
  if (!answer) throw new Error('she was not answered');
  return answer;
}

describe('a click that names a message of another chat', () => {
  it('neither shows what is there nor changes it', async () => {
    const secret = await secretOfMira();
    const before = shown(secret);
    expect((await clicks(secret.id, {}, 'back')).text).not.toContain('Only for Mira');
    running.answer([privately(words('written by Jon'), true)]);
    await clicks(secret.id);
    await running.settled();
    expect(shown(secret)).toBe(before);
    expect(secret.edits).toBe(0);
    expect(running.teams.posted(running.teams.as('jon').direct)).toEqual(['written by Jon']);
  });

  it('nor what all read: a report in a channel, named from a personal chat or from the channel itself', async () => {
    const to = { platform: 'teams', workspace: TENANT, channel: SEARCH };
    const ref = await running.platform.deliver(to, offering('Approve this?', 'Look'));
    const [report] = running.teams.messages(SEARCH);
    running.answer([privately(words('written by Jon'), true)]);
    expect((await clicks(ref.id, {}, 'back')).text).not.toContain('Approve this?');
    await clicks(ref.id);
    await clicks(ref.id, { in: SEARCH, thread: ref.id });
    await running.settled();
    expect(report?.edits).toBe(0);
    expect(running.teams.posted(SEARCH)).toEqual(['Approve this?\nLook']);
  });

  it('nor a report in one’s own chat', async () => {
    const { direct } = running.teams.as('jon');
    const to = { platform: 'teams', workspace: TENANT, channel: direct, direct: true };
    const ref = await running.platform.deliver(to, offering('The week', 'Look'));
    running.answer([privately(words('closer'), true)]);
    await clicks(ref.id);
    await running.settled();
    expect(running.teams.posted(direct)).toEqual(['The week\nLook', 'closer']);
  });

  it('or one that is nobody’s', async () => {
    const before = everything();
    running.answer([privately(words('written by Jon'), true)]);
    for (const id of ['1', '../../x', '', 'constructor']) expect((await clicks(id)).status).toBe(200);
    await running.settled();
    expect(everything().slice(0, before.length)).toEqual(before);
  });
});
