/** Which key acting needs where permissions are keys: OpenAI, Anthropic, LiteLLM, and the secret of a webhook. */
import type { ActionAccount, ActionProvider } from '../core/action.ts';
import type { Grant, Need } from './permissions-needs.ts';

type KeyProvider = Extract<ActionProvider, 'litellm' | 'openai' | 'anthropic' | 'webhook'>;

const ABOUT: Readonly<
  Record<
    KeyProvider,
    {
      readonly title: string;
      /** Absent: every entry names its own. */
      readonly variable?: string;
      readonly key: (variable: string) => readonly string[];
      readonly notes: readonly string[];
    }
  >
> = {
  openai: {
    title: 'OpenAI',
    variable: 'OPENAI_ADMIN_KEY',
    key: (variable) => [
      `${variable}: an admin key of the organization (sk-admin-…)`,
      'Made by an owner at https://platform.openai.com/settings/organization/admin-keys',
      'Permissions: Restricted',
      '  Management: Write   everything else: None (Usage: Read too if the same key reads costs)',
    ],
    notes: [
      '"Management: Write" also covers members and projects: keep the key as you keep a password of an owner.',
    ],
  },
  anthropic: {
    title: 'Anthropic',
    variable: 'ANTHROPIC_ADMIN_KEY',
    key: (variable) => [
      `${variable}: an admin key of the organization (sk-ant-admin…)`,
      'Made by an admin at https://platform.claude.com/settings/admin-keys',
      'Admin keys have no scopes.',
    ],
    notes: [
      'An admin key can also change members and workspaces. A gateway that lets only the calls above through can stand in front of the API (endpoint).',
      'Setting spend limits of workspaces is early access at Anthropic; without it, keys are switched off instead.',
    ],
  },
  litellm: {
    title: 'LiteLLM proxy',
    variable: 'LITELLM_MASTER_KEY',
    key: (variable) => [
      `${variable}: the proxy's master key, or the key of a user with the role proxy_admin.`,
      'Of its own, made once with the master key; the answer holds the new key:',
      `  curl -X POST "$LITELLM_BASE_URL/user/new" -H "Authorization: Bearer $LITELLM_MASTER_KEY" -H 'Content-Type: application/json' \\`,
      `    -d '{"user_id": "pennywatch-actions", "user_role": "proxy_admin"}'`,
    ],
    notes: ['A key with the role proxy_admin_viewer, which is enough for costs, cannot block anything.'],
  },
  webhook: {
    title: 'Webhook',
    key: (variable) => [
      `${variable}: the secret both sides sign with (Standard Webhooks: whsec_ and at least 24 random bytes in base64).`,
      'Made once:',
      `  echo "whsec_$(openssl rand -base64 32)"`,
    ],
    notes: [
      'Your program checks the signature, and decides for each call. The contract: src/actions/webhook/readme.md.',
    ],
  },
};

export function adminKeyGrant(
  provider: KeyProvider,
  needs: readonly Need[],
  accounts: readonly ActionAccount[],
): Grant {
  const { title, variable, key, notes } = ABOUT[provider];
  const written = accounts.flatMap(({ keyVariable }) => keyVariable ?? []);
  const variables = written.length > 0 ? [...new Set(written)] : [variable ?? 'KEY_VARIABLE'];
  const lines = [...variables.flatMap(key), '', 'Used for', ...callsOf(needs)];
  return { provider, title, documents: [{ title: 'Key', language: 'text', text: lines.join('\n') }], notes };
}

function callsOf(needs: readonly Need[]): string[] {
  const words = { plan: 'look', run: 'act', undo: 'undo' } as const;
  return needs.flatMap((need) => [
    `  ${words[need.for].padEnd(4)}  ${need.permission}`,
    ...need.resources.map((call) => `          ${call}`),
  ]);
}
