/** What to grant for acting in GCP, Azure and Kubernetes, as files their own tools take. */
import { stringify } from 'yaml';
import type { ActionAccount } from '../core/action.ts';
import type { Grant, Need } from './permissions-needs.ts';

const ROLE = 'Pennywatch actions';
const WHAT = 'Stops, scales down and brings back what Pennywatch is asked to; nothing else.';
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

export function azureGrant(needs: readonly Need[], accounts: readonly ActionAccount[]): Grant {
  const subscriptions = named(accounts, '00000000-0000-0000-0000-000000000000');
  const scopes = subscriptions.map((id) => `/subscriptions/${id}`);
  const role = {
    Name: ROLE,
    IsCustom: true,
    Description: WHAT,
    Actions: permissionsOf(needs),
    NotActions: [],
    DataActions: [],
    NotDataActions: [],
    AssignableScopes: scopes,
  };
  return {
    provider: 'azure',
    title: 'Microsoft Azure',
    documents: [
      {
        title: 'Custom role, as pennywatch-actions.json',
        language: 'json',
        text: JSON.stringify(role, null, 2),
      },
      {
        title: 'Commands',
        language: 'sh',
        text: [
          'az role definition create --role-definition @pennywatch-actions.json',
          ...scopes.map(
            (scope) => `az role assignment create --assignee CLIENT_ID --role "${ROLE}" --scope ${scope}`,
          ),
        ].join('\n'),
      },
    ],
    notes: [
      'Tags cannot limit a role in Azure: assign it to resource groups instead of whole subscriptions, by the longer --scope /subscriptions/ID/resourceGroups/NAME.',
      ...placeholders(accounts, 'subscription'),
    ],
  };
}

export function kubernetesGrant(needs: readonly Need[], accounts: readonly ActionAccount[]): Grant {
  const said = [...new Set(accounts.flatMap(({ namespaces }) => namespaces))];
  const namespaces = said.length === 0 ? ['default'] : said;
  const name = 'pennywatch-actions';
  const manifests = namespaces.flatMap((namespace) => [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace },
      rules: rulesOf(needs),
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: 'pennywatch', namespace: 'pennywatch' }],
    },
  ]);
  return {
    provider: 'kubernetes',
    title: 'Kubernetes',
    documents: [
      {
        title: 'Role and RoleBinding per namespace, for kubectl apply -f -',
        language: 'yaml',
        text: manifests.map((manifest) => stringify(manifest)).join('---\n'),
      },
    ],
    notes: [
      said.length === 0
        ? 'No entry under actions.accounts names a namespace: put yours in place of "default", one Role and RoleBinding each.'
        : `Namespaces are those of actions.accounts${accounts.length > 1 ? ' of all clusters: print one with --account' : ''}.`,
      'The subject is the service account pennywatch of the namespace pennywatch: outside the cluster, put the user of the kubeconfig there.',
    ],
  };
}

/** "patch apps deployments/scale" is a verb, a group ("" for the core one) and a resource. */
function rulesOf(needs: readonly Need[]) {
  const rules = new Map<string, { apiGroup: string; verb: string; resources: string[] }>();
  for (const permission of permissionsOf(needs)) {
    const words = permission.split(' ');
    const [verb = '', apiGroup = '', resource = ''] = words.length === 2 ? [words[0], '', words[1]] : words;
    const key = `${apiGroup} ${verb}`;
    const rule = rules.get(key) ?? { apiGroup, verb, resources: [] };
    rule.resources.push(resource);
    rules.set(key, rule);
  }
  return [...rules.values()].map(({ apiGroup, verb, resources }) => ({
    apiGroups: [apiGroup],
    resources,
    verbs: [verb],
  }));
}

function permissionsOf(needs: readonly Need[]): string[] {
  return [...new Set(needs.map(({ permission }) => permission))].sort();
}

function named(accounts: readonly ActionAccount[], placeholder: string): string[] {
  const ids = [...new Set(accounts.map(({ account }) => account))].filter((id) => id !== '*');
  return ids.length === 0 ? [placeholder] : ids;
}

function placeholders(accounts: readonly ActionAccount[], what: string): string[] {
  return accounts.some(({ account }) => account !== '*')
    ? []
    : [`No entry under actions.accounts names a ${what}: put yours in its place.`];
}
