/** Is Pennywatch where pennywatch.yaml says that it shall post in Microsoft Teams? */
import type { Settings } from '../../core/settings.ts';
import { findConversation } from '../../store/chat-conversations.ts';
import type { Store } from '../../store/open.ts';
import type { DoctorCheck } from './types.ts';

export const TEAMS_CHANNELS = { id: 'teams-channels', title: 'Channels in Teams' };

/** Nothing where no team has one. Teams only takes messages of apps that were added, and tells of it when they are. */
export async function checkTeamsChannels(store: Store, settings: Settings): Promise<DoctorCheck[]> {
  const teams = settings.teams.filter(({ channel }) => channel.teams !== undefined);
  if (teams.length === 0) return [];
  const names = teams.map(({ name }) => name).join(', ');
  if (!(await findConversation(store, 'teams', {})))
    return [
      {
        ...TEAMS_CHANNELS,
        status: 'warn',
        detail: `Nothing was heard from Teams yet, so nothing can be posted to the channels of ${names}.`,
        mend: 'While `pennywatch serve` runs, add the app to the team in Teams and write "@Pennywatch hello" there (README, "Connect Teams").',
      },
    ];
  const heard = await Promise.all(
    teams.map(({ channel }) => findConversation(store, 'teams', { id: channel.teams ?? '' })),
  );
  const silent = teams.filter((_, index) => heard[index] === undefined).map(({ name }) => name);
  return [
    {
      ...TEAMS_CHANNELS,
      status: 'ok',
      detail:
        silent.length === 0
          ? `Pennywatch is in the channels of ${names}.`
          : `Not heard from: ${silent.join(', ')}. If nothing arrives there, add the app to that team and write to it once.`,
    },
  ];
}
