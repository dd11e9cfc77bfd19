/** What a person reads about LiteLLM as a source: rhythm, set-up, permissions. */
import type { Permissions, SourceFacts } from '../types.ts';
import type { LiteLlmSettings } from './settings.ts';

export const about: SourceFacts = {
  title: 'LiteLLM proxy spend and usage',
  schedule: '43 * * * *',
  lagDays: 1,
  trailingDays: 2,
  monthFinalOnDay: 0,
  historyMonths: 13,
  chunkMonths: 1,
  notes: [
    'Asking is free: three requests a poll, and one per day of history (the proxy reads its own database).',
    "Spend is LiteLLM's own price list at the time of the request, not an invoice: discounts, credits and what goes past the proxy are not in it.",
    'Where OpenAI, Anthropic or a cloud is connected too, the same tokens are billed there: write `count: no`, and only usage is read here. Changing it later empties days that had charges, which a poll has to be told to accept.',
    'Tokens read here count beside those that OpenAI and Anthropic report of the same requests: read them in one place only (`usage: no` there), or unit costs come out too low.',
    'Spend is minutes old; a day is complete one day later. Days are UTC.',
    'Daily sums come by key and model; the team is the one that the key has today. Request tags are only in the logs of single requests (`by: spend-logs`): 100 a request, so for small proxies.',
    'A model without a price counts as free in LiteLLM: such models are named in a warning.',
  ],
  example: `sources:
  - name: litellm
    kind: litellm
    baseUrl: https://litellm.example.com
    count: yes`,
  steps: [
    'The proxy needs its database (`DATABASE_URL`); without it nothing is kept.',
    'Make a key that may only read, as under "Permissions", or take the master key.',
    'Put the key into the environment as `LITELLM_MASTER_KEY`.',
    'Add the source with its `baseUrl` to `pennywatch.yaml` as in the example.',
    'Decide on `count`: `no` when the bills of the vendors behind the proxy are connected too.',
    'Run `pennywatch doctor`, then `pennywatch poll litellm`.',
    'Allocate by the tags `team`, `litellm_key` and `model`.',
  ],
  variables: {
    LITELLM_MASTER_KEY: 'Master key of the proxy, or the key of an admin who may only read, sk-…',
    LITELLM_BASE_URL: 'Where the proxy is, unless `baseUrl` says it.',
  },
};

/** A user of the proxy who sees all spend and changes nothing. */
export function permissions(settings: LiteLlmSettings | undefined): Permissions {
  const base = settings?.baseUrl?.replace(/\/+$/, '') ?? 'https://litellm.example.com';
  return {
    summary:
      'A key of a proxy user with the role proxy_admin_viewer: it reads spend and teams of everybody and can change nothing.',
    documents: [
      {
        title: 'Run once with the master key; the answer holds the new key',
        language: 'sh',
        text: `curl -X POST ${base}/user/new \\
  -H "Authorization: Bearer $LITELLM_MASTER_KEY" -H 'Content-Type: application/json' \\
  -d '{"user_id": "pennywatch", "user_role": "proxy_admin_viewer"}'`,
      },
    ],
  };
}
