/** Messages of ours that stand in Teams before anybody clicks. */
import type { View } from '../../../src/view/elements.ts';
import { offering, openly, type RunningTeams } from './running-teams.ts';
import { type StandInMessage, TENANT } from './teams-stand-in-world.ts';

export const anomaly = offering('bert is $1,460 above expected', 'By service', 'Share');

/** A message of ours that is there before anybody clicks. */
export async function delivered(app: RunningTeams, view: View, channel: string): Promise<StandInMessage> {
  await app.teams.as('mira').says('hello', { in: channel, mention: true });
  await app.settled();
  app.asked.length = 0;
  const ref = await app.platform.deliver({ platform: 'teams', workspace: TENANT, channel }, view);
  const message = app.teams.messages(channel).find(({ id }) => id === ref.id);
  if (!message) throw new Error('It was not delivered.');
  return message;
}

/** An answer with buttons, in the person's own chat. */
export async function answered(app: RunningTeams): Promise<StandInMessage> {
  const mira = app.teams.as('mira');
  app.answer([openly(anomaly)]);
  await mira.says('cost why bert');
  const [message] = await app.teams.postedCount(1, mira.direct);
  if (!message) throw new Error('It was not answered.');
  await app.settled();
  return message;
}
