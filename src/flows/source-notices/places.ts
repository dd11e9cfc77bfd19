/** Who is told about sources: the channels of the organisation's report, else the people who can mend them. */
import { listMembers } from '../../store/organisation.ts';
import type { NoticePlace } from '../../store/source-notices.ts';
import type { Context } from '../context.ts';
import { findRecipients } from '../report-recipients.ts';

/** Empty when nobody gets the organisation's report and no admin is known in chat. */
export async function noticePlaces(context: Context): Promise<NoticePlace[]> {
  const recipients = (await findRecipients(context)).filter(({ scope }) => scope.kind === 'org');
  const places = recipients.map(
    ({ platform, workspace, channel }): NoticePlace => ({
      platform,
      ...(workspace && { workspace }),
      channel,
    }),
  );
  return unique(places.length > 0 ? places : await adminPlaces(context));
}

/** A person's id stands for the direct message with them. */
async function adminPlaces({ store, settings }: Context): Promise<NoticePlace[]> {
  const admins = new Set(settings.admins.map((email) => email.toLowerCase()));
  return (await listMembers(store))
    .filter(({ email }) => admins.has(email.toLowerCase()))
    .flatMap(({ identities }) => identities.map(({ platform, id }) => ({ platform, channel: id })));
}

function unique(places: readonly NoticePlace[]): NoticePlace[] {
  return [...new Map(places.map((place) => [`${place.platform}:${place.channel}`, place])).values()];
}
