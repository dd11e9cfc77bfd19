/** The custom role for acting in Azure, and the commands that assign it. */
import type { ActionAccount } from '../core/action.ts';
import type { Grant, Need } from './permissions-needs.ts';
import { named, permissionsOf, placeholders, ROLE, WHAT } from './permissions-roles.ts';

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
