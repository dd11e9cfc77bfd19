/** Does a chat platform know the user groups that pennywatch.yaml gives a say? */
import type { Directory } from '../../chat/types.ts';
import { AppError } from '../../core/errors.ts';
import { groupsAmong } from '../../core/roles.ts';
import type { Settings } from '../../core/settings.ts';
import { withPatience } from './patience.ts';
import type { DoctorCheck } from './types.ts';

const NAMED = { id: 'user-groups', title: 'User groups' };

/** Who is in a group is known on the other platform, and counts for what they do in Teams too. */
const ONLY_NAMES =
  ' In Microsoft Teams a group is only a name: nobody is called by it there, so name people by their e-mail too.';

type Known = 'known' | 'empty' | 'unknown' | { readonly unclear: AppError };

/** Nothing when no group is named. One that any platform knows is fine. */
export async function checkGroups(
  settings: Settings,
  directories: Readonly<Record<string, Directory>>,
  patience: number,
): Promise<DoctorCheck[]> {
  const groups = groupsAmong([
    ...settings.roles.flatMap(({ people }) => people),
    ...settings.actions.approvers.flatMap(({ people }) => people),
    ...settings.models.flatMap(({ owner }) => owner ?? []),
  ]);
  if (groups.length === 0) return [];
  const platforms = Object.values(directories);
  const inTeams = Object.hasOwn(directories, 'teams');
  if (platforms.length === 0)
    return [
      {
        ...NAMED,
        status: 'warn',
        detail: `Nobody can say who is in ${groups.join(', ')}: Slack is not set up, and Teams has no user groups.`,
        mend: 'Set up Slack (see README, "Connect Slack"), or name people by their e-mail.',
      },
    ];
  if (inTeams && platforms.length === 1)
    return [
      {
        ...NAMED,
        status: 'warn',
        detail: `Nobody can say who is in ${groups.join(', ')}: Microsoft Teams has no user groups that can be named.`,
        mend: 'Name people by their e-mail, or set up Slack as well (see README, "Connect Slack").',
      },
    ];
  const found = await Promise.all(
    groups.map(async (group) => ({ group, known: await lookUp(group, platforms, patience) })),
  );
  const of = (state: Known) => found.filter(({ known }) => known === state).map(({ group }) => group);
  const [unknown, empty] = [of('unknown'), of('empty')];
  const unclear = found.flatMap(({ known }) => (typeof known === 'object' ? [known.unclear] : []));
  const said = [
    ...(unknown.length > 0 ? [`There is no user group ${unknown.join(', ')}.`] : []),
    ...(empty.length > 0 ? [`Nobody is in ${empty.join(', ')}.`] : []),
    ...[...new Set(unclear.map(({ message }) => message))],
  ];
  if (said.length === 0)
    return [
      {
        ...NAMED,
        status: 'ok',
        detail: `${groups.join(', ')}: known, and somebody is in each.${inTeams ? ONLY_NAMES : ''}`,
      },
    ];
  const hints = [
    ...(unknown.length + empty.length > 0
      ? ['Correct the handle in pennywatch.yaml, or make the group or fill it on the platform.']
      : []),
    ...unclear.flatMap(({ hint }) => hint ?? []),
  ];
  return [{ ...NAMED, status: 'warn', detail: said.join(' '), mend: [...new Set(hints)].join('\n') }];
}

async function lookUp(group: string, platforms: readonly Directory[], patience: number): Promise<Known> {
  let found: Known = 'unknown';
  for (const platform of platforms)
    try {
      const members = await withPatience(patience, 'The platform did not say who is in a user group.', () =>
        platform.groupMembers(group),
      );
      if (members && members.length > 0) return 'known';
      if (members) found = 'empty';
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      found = { unclear: error };
    }
  return found;
}
