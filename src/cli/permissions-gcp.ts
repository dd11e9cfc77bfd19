/** The custom role for acting in Google Cloud, and the commands that grant it. */
import { stringify } from 'yaml';
import type { ActionAccount } from '../core/action.ts';
import type { Grant, Need } from './permissions-needs.ts';
import { named, permissionsOf, placeholders, ROLE, WHAT } from './permissions-roles.ts';

/** Lets its holder run as somebody else: for single service accounts, never for a project. */
const ACT_AS = 'iam.serviceAccounts.actAs';

export function gcpGrant(needs: readonly Need[], accounts: readonly ActionAccount[]): Grant {
  const all = permissionsOf(needs);
  const projects = named(accounts, 'PROJECT');
  const role = (permissions: readonly string[], title: string) =>
    stringify({ title, description: WHAT, stage: 'GA', includedPermissions: permissions });
  const member = '--member=serviceAccount:SERVICE_ACCOUNT_EMAIL';
  const commands = projects.flatMap((project) => [
    `gcloud iam roles create pennywatchActions --project=${project} --file=pennywatch-actions.yaml`,
    `gcloud projects add-iam-policy-binding ${project} ${member} --role=projects/${project}/roles/pennywatchActions`,
  ]);
  const actAs = all.includes(ACT_AS)
    ? [
        {
          title: `Only for models that run as a service account: ${ACT_AS}, on each such account`,
          language: 'sh' as const,
          text: `gcloud iam service-accounts add-iam-policy-binding MODEL_SERVICE_ACCOUNT ${member} --role=roles/iam.serviceAccountUser`,
        },
      ]
    : [];
  return {
    provider: 'gcp',
    title: 'Google Cloud',
    documents: [
      {
        title: 'Custom role, as pennywatch-actions.yaml',
        language: 'yaml',
        text: role(
          all.filter((permission) => permission !== ACT_AS),
          ROLE,
        ),
      },
      { title: 'Commands', language: 'sh', text: commands.join('\n') },
      ...actAs,
    ],
    notes: [
      'Labels cannot limit a role in Google Cloud: grant it only in projects whose resources may be stopped, or narrow the binding with --condition on resource.name.',
      ...placeholders(accounts, 'project'),
    ],
  };
}
