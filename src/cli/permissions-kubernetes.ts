/** Role and RoleBinding for acting in the namespaces of a cluster. */
import { stringify } from 'yaml';
import type { ActionAccount } from '../core/action.ts';
import type { Grant, Need } from './permissions-needs.ts';
import { permissionsOf } from './permissions-roles.ts';

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
