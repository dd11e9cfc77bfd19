/** Anthropic's Admin API for one organization: address, admin key, keys and workspaces. */
import { AppError } from '../../core/errors.ts';
import { type AdminApi, openAdmin } from '../admin-api.ts';
import { at, type Explained } from '../http.ts';
import type { ActionAccess } from '../types.ts';
import { ApiKey, ApiKeyPage, Workspace } from './schema.ts';

/** What is asked, as Anthropic writes it: its admin keys have no scopes to name. */
export const CALLS = {
  readKey: 'GET /v1/organizations/api_keys/{api_key_id}',
  listKeys: 'GET /v1/organizations/api_keys',
  changeKey: 'POST /v1/organizations/api_keys/{api_key_id}',
  readWorkspace: 'GET /v1/organizations/workspaces/{workspace_id}',
  listLimits: 'GET /v1/organizations/spend_limits',
  setLimit: 'POST /v1/organizations/spend_limits',
  deleteLimit: 'DELETE /v1/organizations/spend_limits/{spend_limit_id}',
} as const;

export type KeyStatus = 'active' | 'inactive';

const VERSION = '2023-06-01';
/** Without it, limits cannot be listed. */
const BETA = 'spend-limit-reads-2026-09-26';
const PAGES = 50;
const NOT_ENABLED = 'spend_limits_admin_api_writes_not_enabled';
export const LIMITS_NOT_ENABLED =
  'Anthropic does not let this organization set spend limits through its API (early access: spend_limits_admin_api_writes_not_enabled).';

export function openAnthropic(access: ActionAccess): AdminApi {
  return openAdmin(access, {
    vendor: 'Anthropic',
    keyVariable: 'ANTHROPIC_ADMIN_KEY',
    keyPrefix: 'sk-ant-admin',
    addressVariable: 'ANTHROPIC_BASE_URL',
    standard: 'https://api.anthropic.com',
    prefix: '/v1',
    headers: (key) => ({ 'x-api-key': key, 'anthropic-version': VERSION, 'anthropic-beta': BETA }),
    grant: (variable) =>
      `${variable} must hold an admin key of the organization, made by one of its admins (see \`pennywatch permissions actions --provider anthropic\`).`,
    explain: ({ body }): Explained | undefined =>
      isNotEnabled(body)
        ? {
            message: LIMITS_NOT_ENABLED,
            hint: 'Ask your contact at Anthropic for access, set the limit in the Claude Console, or switch the keys off instead.',
          }
        : undefined,
  });
}

export function isNotEnabled(body: unknown): boolean {
  return (
    at(body, ['error', 'details', 'error_code']) === NOT_ENABLED ||
    String(at(body, ['error', 'message']) ?? '').includes(NOT_ENABLED)
  );
}

export function keyPath(id: string): string {
  return `/organizations/api_keys/${encodeURIComponent(id)}`;
}

export function readKey(api: AdminApi, id: string): Promise<ApiKey | undefined> {
  return api.read({ path: keyPath(id), doing: `read the key ${id}`, permission: CALLS.readKey }, ApiKey);
}

export function readWorkspace(api: AdminApi, id: string): Promise<Workspace | undefined> {
  return api.read(
    {
      path: `/organizations/workspaces/${encodeURIComponent(id)}`,
      doing: `read the workspace ${id}`,
      permission: CALLS.readWorkspace,
    },
    Workspace,
  );
}

/** Keys of a workspace, all of them or those of a status. */
export async function readKeys(api: AdminApi, workspace: string, status?: KeyStatus): Promise<ApiKey[]> {
  const all: ApiKey[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const answer = await api.read(
      {
        path: '/organizations/api_keys',
        query: { workspace_id: workspace, status, limit: 100, after_id: after },
        doing: `list the keys of the workspace ${workspace}`,
        permission: CALLS.listKeys,
      },
      ApiKeyPage,
    );
    all.push(...(answer?.items ?? []));
    if (answer?.last === undefined) return all;
    after = answer.last;
  }
  throw new AppError('LIMIT', `The workspace ${workspace} has more keys than are read at once.`, {
    hint: 'Nothing was changed.',
  });
}
