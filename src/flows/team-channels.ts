/** Where a team is told what Pennywatch posts by itself: every platform it has a channel in, or only its home. */
import type { Settings } from '../core/settings.ts';
import type { StoredTeam } from '../store/organisation.ts';
import type { NoticePlace } from '../store/source-notices.ts';

/** Empty for a team without a channel. */
export function channelsToTell(
  { teams }: Pick<Settings, 'teams'>,
  { name, channels }: Pick<StoredTeam, 'name' | 'channels'>,
): NoticePlace[] {
  const home = teams.find((team) => team.name === name)?.home;
  return Object.entries(channels).flatMap(([platform, channel]): NoticePlace[] =>
    home === undefined || platform === home ? [{ platform, channel }] : [],
  );
}
