/** The least that must be granted: reading cost on each scope. */
import type { Permissions } from '../types.ts';
import type { AzureSettings } from './settings.ts';

const ROLE = 'Cost Management Reader';
const PLACEHOLDER = '/subscriptions/<subscription id>';

export function permissions(settings: AzureSettings | undefined): Permissions {
  const scopes = settings?.scopes.map(({ path }) => path) ?? [PLACEHOLDER];
  const billing = scopes.filter((scope) => isBilling(scope));
  const others = scopes.filter((scope) => !isBilling(scope));
  return {
    summary: `The app registration gets the role "${ROLE}" on each scope: it reads cost and changes nothing.`,
    documents: [
      ...(others.length > 0
        ? [
            {
              title: 'Role assignments (Azure CLI)',
              language: 'sh' as const,
              text: others.map(assign).join('\n'),
            },
          ]
        : []),
      ...(billing.length > 0
        ? [
            {
              title: 'Billing scopes (Azure portal)',
              language: 'text' as const,
              text: [
                'Billing roles are given in the portal under Cost Management + Billing > Access control (IAM):',
                ...billing.map((scope) => `"${billingRole(scope)}" on ${scope}`),
                'Enterprise Agreement: the role EnrollmentReader by the REST API; see "Assign roles to service principals" in its documentation.',
              ].join('\n'),
            },
          ]
        : []),
      {
        title: `In place of "${ROLE}": a custom role with nothing else (az role definition create --role-definition @role.json)`,
        language: 'json',
        text: JSON.stringify(customRole(others.length > 0 ? others : [PLACEHOLDER]), undefined, 2),
      },
    ],
  };
}

function assign(scope: string): string {
  return `az role assignment create --assignee "$AZURE_CLIENT_ID" --role "${ROLE}" --scope "${scope}"`;
}

function customRole(scopes: readonly string[]) {
  return {
    Name: 'Pennywatch cost reader',
    IsCustom: true,
    Description: 'Queries cost; changes nothing.',
    Actions: ['Microsoft.CostManagement/query/action', 'Microsoft.CostManagement/query/read'],
    NotActions: [],
    AssignableScopes: scopes,
  };
}

function isBilling(scope: string): boolean {
  return /^\/providers\/Microsoft\.Billing\//i.test(scope);
}

function billingRole(scope: string): string {
  if (/\/invoiceSections\//i.test(scope)) return 'Invoice section reader';
  if (/\/billingProfiles\//i.test(scope)) return 'Billing profile reader';
  return 'Billing account reader';
}
