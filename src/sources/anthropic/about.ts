/** What a person reads about Anthropic as a source: rhythm, set-up, permissions. */
import type { Permissions, SourceFacts } from '../types.ts';

export const about: SourceFacts = {
  title: 'Anthropic organization costs and usage',
  schedule: '41 */6 * * *',
  lagDays: 1,
  trailingDays: 3,
  monthFinalOnDay: 3,
  historyMonths: 13,
  chunkMonths: 1,
  notes: [
    'Asking is free: three requests a poll, and three more per month of history.',
    'Costs of a day are complete some hours after its end in UTC; usage is minutes old.',
    'Costs come by workspace and description (model, kind of tokens, tier), never by API key. Usage can be split by key.',
    'Amounts come in cents; they are read as such.',
    'Priority Tier is paid in advance: its tokens are in usage, its cost is not in the report.',
    'Tokens of blocked requests are counted in usage and cost nothing.',
  ],
  example: `sources:
  - name: anthropic
    kind: anthropic`,
  steps: [
    'Sign in at https://platform.claude.com as an admin of an organization (accounts of single persons have no Admin API).',
    'Open Settings, Admin keys, and create a key for Pennywatch alone.',
    'Put the key, which starts with `sk-ant-admin`, into the environment as `ANTHROPIC_ADMIN_KEY`.',
    'Add the source to `pennywatch.yaml` as in the example; `organization:` names the billing account.',
    'Run `pennywatch doctor`, then `pennywatch poll anthropic`.',
    'Allocate by the tags `anthropic_workspace`, `anthropic_workspace_id` and `model`.',
  ],
  variables: {
    ANTHROPIC_ADMIN_KEY: 'Admin key of the organization, sk-ant-admin…',
    ANTHROPIC_BASE_URL: "Another address of the API; Anthropic's own when it is not set.",
  },
};

/** Admin keys have no scopes: that is said, with what is asked. */
export function permissions(): Permissions {
  return {
    summary:
      'An admin key of the organization. Anthropic cannot limit what an admin key may do: keep it as you keep a password of an admin.',
    documents: [
      {
        title: 'Admin key: https://platform.claude.com/settings/admin-keys',
        language: 'text',
        text: `Admin keys have no scopes: whoever holds one can also change members, workspaces and API keys.
Pennywatch only sends GET requests to
  /v1/organizations/cost_report
  /v1/organizations/usage_report/messages
  /v1/organizations/workspaces
A gateway that lets only these through can stand in front of the API (baseUrl).`,
      },
    ],
  };
}
