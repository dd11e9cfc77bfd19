/** Opens OpenAI's organization API: address, admin key, what to do about refusals. */
import { AppError } from '../../core/errors.ts';
import { type AdminApi, apiBase, createAdminApi, readKey } from '../admin-api.ts';
import type { Access } from '../types.ts';
import type { OpenAiSettings } from './settings.ts';

export const VENDOR = 'OpenAI';
const MAKE_KEY =
  'An owner of the organization makes an admin key at https://platform.openai.com/settings/organization/admin-keys with "Usage: Read".';

/** Looks at the key before anything is sent. Throws CONFIG when there is no key, or one of another kind. */
export function openApi(settings: OpenAiSettings, access: Access): AdminApi {
  const base = apiBase({
    access,
    written: settings.baseUrl,
    variable: 'OPENAI_BASE_URL',
    standard: 'https://api.openai.com',
  });
  const key = readKey(access, settings.keyVariable, MAKE_KEY);
  if (base.vendors && !key.startsWith('sk-admin-'))
    throw new AppError('CONFIG', `${settings.keyVariable} holds ${kindOf(key)}, which cannot read costs.`, {
      hint: MAKE_KEY,
    });
  return createAdminApi({
    access,
    vendor: VENDOR,
    base,
    key,
    headers: { authorization: `Bearer ${key}` },
    mend: (status) => mend(status, settings.keyVariable),
    // As its reference and its cookbook write it; the brackets of its SDKs are not documented.
    lists: 'name',
  });
}

function kindOf(key: string): string {
  if (key.startsWith('sk-proj-')) return 'a project key';
  if (key.startsWith('sk-svcacct-')) return "a service account's key";
  if (key.startsWith('sk-ant-')) return 'a key of Anthropic';
  if (key.startsWith('sess-')) return 'a session key of the browser';
  return key.startsWith('sk-')
    ? 'an ordinary API key'
    : 'something that is no admin key (they start with sk-admin-)';
}

function mend(status: number, variable: string): string | undefined {
  if (status === 401) return `The admin key in ${variable} is wrong, expired or revoked. ${MAKE_KEY}`;
  if (status === 403)
    return `The key in ${variable} may not read this. ${MAKE_KEY} Choose the permissions while making it: a key that is changed later may go on failing.`;
  if (status === 404)
    return 'There is no organization API at this address: check baseUrl and OPENAI_BASE_URL.';
  return undefined;
}
