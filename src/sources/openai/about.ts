/** What a person reads about OpenAI as a source: rhythm, set-up, permissions. */
import type { Permissions, SourceFacts } from '../types.ts';

export const about: SourceFacts = {
  title: 'OpenAI organization costs and usage',
  schedule: '17 */6 * * *',
  lagDays: 1,
  trailingDays: 3,
  monthFinalOnDay: 3,
  historyMonths: 13,
  chunkMonths: 1,
  notes: [
    'Asking is free: eight requests a poll, and eight more per month of history.',
    'Costs of a day are complete some hours after its end in UTC; usage is minutes old.',
    'Costs come by project and line item, never by API key: the API refuses that. Usage can be split by key.',
    'Input tokens include cached ones; they are told apart here, and so are batch and priority requests.',
    'Free tokens (daily allowances, credits granted) show in usage and not in costs.',
  ],
  example: `sources:
  - name: openai
    kind: openai`,
  steps: [
    'Sign in at https://platform.openai.com as an owner of the organization.',
    'Open Settings, Organization, Admin keys, and choose "Create new admin key".',
    'Choose "Restricted" permissions: "Usage" Read, and "Management" Read for the names of projects. Choose them now: a key that is changed later may go on failing.',
    'Put the key, which starts with `sk-admin-`, into the environment as `OPENAI_ADMIN_KEY`.',
    'Add the source to `pennywatch.yaml` as in the example.',
    'Run `pennywatch doctor`, then `pennywatch poll openai`.',
    'Allocate by the tags `openai_project`, `openai_project_id` and `model`.',
  ],
  variables: {
    OPENAI_ADMIN_KEY: 'Admin key of the organization, sk-admin-…',
    OPENAI_BASE_URL: "Another address of the API; OpenAI's own when it is not set.",
  },
};

/** Scopes as OpenAI names them. */
export function permissions(): Permissions {
  return {
    summary:
      'A restricted admin key of the organization that reads costs and usage; reading the names of projects is optional.',
    documents: [
      {
        title: 'Admin key: https://platform.openai.com/settings/organization/admin-keys',
        language: 'text',
        text: `Permissions: Restricted
Usage: Read        (api.usage.read)       costs and usage
Management: Read   (api.management.read)  names of projects; without it only their ids are known
everything else: None`,
      },
    ],
  };
}
