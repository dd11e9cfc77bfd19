/** Does a chat platform know the user groups that pennywatch.yaml gives a say? */
import type { Directory } from '../../chat/types.ts';
import { AppError } from '../../core/errors.ts';
import { groupsAmong } from '../../core/roles.ts';
import type { Settings } from '../../core/settings.ts';
import { withPatience } from './patience.ts';
import type { DoctorCheck } from './types.ts';

const NAMED = { id: 'user-groups', title: 'User groups' };

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
  if (platforms.length === 0)
    return [
      {
        ...NAMED,
        status: 'warn',
        detail: `Nobody can say who is in ${groups.join(', ')}: no chat platform is set up.`,
        mend: 'Set up Slack (see README, "Connect Slack"), or name people by their e-mail.',
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
    return [{ ...NAMED, status: 'ok', detail: `${groups.join(', ')}: known, and somebody is in each.` }];
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
