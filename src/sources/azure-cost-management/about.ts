/** What the source is, what polling costs, and how to connect it. */
import type { SourceFacts } from '../types.ts';

export const about: SourceFacts = {
  title: 'Azure Cost Management',
  schedule: '47 */8 * * *',
  lagDays: 2,
  trailingDays: 5,
  monthFinalOnDay: 6,
  historyMonths: 13,
  chunkMonths: 1,
  notes: [
    'Lag: 8–24 hours for Enterprise and Microsoft Customer Agreements, up to 72 hours for pay-as-you-go; a month is final about its fifth day. For pay-as-you-go set lagDays to 3.',
    'Asking is free, but throttled per tenant: 12 query units in 10 seconds, 60 a minute, 600 an hour; a query of one month is about one unit.',
    'A query takes two groupings. Service and charge type are one query; every further dimension or tag is one query per value of another one, doubled by amortized cost.',
    'Tags count from the day they were set; those of resource groups and subscriptions only with tag inheritance switched on.',
    'An empty tag value and a missing tag are the same here. Classic offers and some partner subscriptions have no cost in this API: use focus-bucket.',
  ],
  example: `sources:
  - name: azure
    kind: azure-cost-management
    scopes: [/subscriptions/00000000-0000-0000-0000-000000000000]
    tags: [team, model]`,
  steps: [
    'Create an app registration: `az ad app create --display-name pennywatch`, then `az ad sp create --id <appId>`.',
    'Make a secret for it: `az ad app credential reset --id <appId>`; note `tenant`, `appId` and `password`.',
    'Decide on the scopes: a management group or a billing profile holds many subscriptions in one.',
    'Give it the role "Cost Management Reader" on each scope: `pennywatch permissions azure-cost-management` prints the commands.',
    'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; on a machine with a managed identity none of them is needed.',
    'Add the scopes under `sources:` in pennywatch.yaml, with the tag keys that your rules read.',
    'Run `pennywatch doctor`: it asks for one day per scope.',
    'Run `pennywatch poll azure` once; from then on `serve` polls it every eight hours.',
  ],
  variables: {
    AZURE_TENANT_ID: 'Tenant of the app registration.',
    AZURE_CLIENT_ID: 'Client id of the app registration.',
    AZURE_CLIENT_SECRET: 'Client secret of the app registration.',
    AZURE_AUTHORITY_HOST: 'Sign-in of another cloud, e.g. https://login.microsoftonline.us.',
    AZURE_RESOURCE_MANAGER_URL: 'Azure Resource Manager of another cloud, or an emulator.',
    AZURE_ACCESS_TOKEN: 'A ready access token in place of signing in, for emulators and trials.',
  },
};
