/** Opens Anthropic's Admin API: address, admin key, what to do about refusals. */
import { AppError } from '../../core/errors.ts';
import { type AdminApi, apiBase, createAdminApi, readKey } from '../admin-api.ts';
import type { Access } from '../types.ts';
import type { AnthropicSettings } from './settings.ts';

export const VENDOR = 'Anthropic';
const VERSION = '2023-06-01';
const MAKE_KEY =
  'An admin of the organization makes an admin key at https://platform.claude.com/settings/admin-keys (accounts of single persons have none).';

/** Looks at the key before anything is sent. Throws CONFIG when there is no key, or one of another kind. */
export function openApi(settings: AnthropicSettings, access: Access): AdminApi {
  const base = apiBase({
    access,
    written: settings.baseUrl,
    variable: 'ANTHROPIC_BASE_URL',
    standard: 'https://api.anthropic.com',
  });
  const key = readKey(access, settings.keyVariable, MAKE_KEY);
  if (base.vendors && !key.startsWith('sk-ant-admin'))
    throw new AppError('CONFIG', `${settings.keyVariable} holds ${kindOf(key)}, which cannot read costs.`, {
      hint: MAKE_KEY,
    });
  return createAdminApi({
    access,
    vendor: VENDOR,
    base,
    key,
    headers: { 'x-api-key': key, 'anthropic-version': VERSION },
    mend: (status) => mend(status, settings.keyVariable),
  });
}

function kindOf(key: string): string {
  if (key.startsWith('sk-ant-api')) return "a workspace's API key";
  if (key.startsWith('sk-ant-oat')) return 'a login of Claude Code';
  return key.startsWith('sk-ant-')
    ? 'an ordinary API key'
    : 'something that is no admin key (they start with sk-ant-admin)';
}

function mend(status: number, variable: string): string | undefined {
  if (status === 401) return `The admin key in ${variable} is wrong, disabled or deleted. ${MAKE_KEY}`;
  if (status === 403)
    return `The key in ${variable} may not read this, or its organization has no Admin API. ${MAKE_KEY}`;
  if (status === 404) return 'There is no Admin API at this address: check baseUrl and ANTHROPIC_BASE_URL.';
  return undefined;
}
