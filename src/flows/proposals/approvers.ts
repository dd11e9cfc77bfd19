/** Who may approve a proposal, by name and by e-mail: the policy's people and groups for all that is chosen, without whoever asked. */
import { approverPeople } from '../../analysis/policy/approvers.ts';
import { findOwner, listMembers } from '../../store/organisation.ts';
import type { StoredItem, StoredProposal } from '../../store/proposals.ts';
import type { Approver } from '../budget-requests/approvers.ts';
import type { Context } from '../context.ts';
import { identitiesByEmail } from '../introduce.ts';
import { emailOfKey } from '../standing.ts';
import { teamsOf } from './item-teams.ts';

export interface ProposalApprovers {
  readonly people: readonly Approver[];
  /** E-mails of everybody the policy lets approve, the asker among them where the policy names them. */
  readonly emails: readonly string[];
  /** User groups that were named, as written: "@ml-leads". */
  readonly groups: readonly string[];
  /** E-mail of whoever asked, where it is known. */
  readonly asker?: string;
}

/** `called`: they are to be mentioned, so who they are is asked on every platform where pennywatch.yaml does not say. */
export async function findProposalApprovers(
  context: Context,
  proposal: Pick<StoredProposal, 'team' | 'requestedBy'> & {
    readonly items: readonly Pick<StoredItem, 'environment' | 'state' | 'plan'>[];
  },
  { called = false }: { readonly called?: boolean } = {},
): Promise<ProposalApprovers> {
  const { store, settings } = context;
  const { team, requestedBy, items } = proposal;
  const chosen = items.filter(({ state }) => state !== 'refused' && state !== 'skipped');
  const teams = teamsOf(chosen, team);
  const [only, another] = teams;
  const owner =
    only === undefined || another !== undefined
      ? undefined
      : await findOwner(store, { kind: 'team', name: only });
  const named = approverPeople(settings.actions, settings.roles, {
    teams,
    environments: chosen.map(({ environment }) => environment),
    ...(owner?.kind === 'person' && { teamOwner: owner.email }),
    admins: settings.admins,
  });
  const groups = named.filter((one) => one.startsWith('@'));
  const emails = [...new Set(named.filter((one) => !one.startsWith('@')).map(fold))];
  const members = new Map((await listMembers(store)).map((member) => [fold(member.email), member]));
  const asker = await emailOfKey(context, requestedBy);
  const others = emails.filter((email) => asker === undefined || email !== fold(asker));
  return {
    people: await Promise.all(
      others.map(async (email): Promise<Approver> => {
        const member = members.get(email);
        const written = member?.identities ?? [];
        const identities = called ? await identitiesByEmail(context, email, written) : written;
        return { email, name: member?.name ?? email, identities };
      }),
    ),
    emails,
    groups,
    ...(asker !== undefined && { asker }),
  };
}

function fold(email: string): string {
  return email.toLowerCase();
}
