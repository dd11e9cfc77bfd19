/** Where Azure Resource Manager is asked, and whether a token goes there. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';

const PUBLIC = 'https://management.azure.com';

export interface ArmAddress {
  /** Without a slash at its end. */
  readonly url: string;
  /** What a token must be for; undefined on this machine, where an emulator needs none. */
  readonly audience: string | undefined;
}

/**
 * The connection's endpoint, else AZURE_RESOURCE_MANAGER_ENDPOINT, else the public cloud. Throws CONFIG for an address
 * over which a token would travel in the clear.
 */
export function addressOf(access: ActionAccess): ArmAddress {
  const address = access.connection.endpoint ?? access.variable('AZURE_RESOURCE_MANAGER_ENDPOINT') ?? PUBLIC;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const local = url !== undefined && isLoopback(url.hostname);
  const safe = url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && local));
  if (!safe || url.username || url.search || url.hash)
    throw new AppError(
      'CONFIG',
      'The address of Azure Resource Manager is neither https nor on this machine.',
      {
        hint: `Set the endpoint of the account under actions.accounts, or AZURE_RESOURCE_MANAGER_ENDPOINT, to for example ${PUBLIC}, or leave it out.`,
      },
    );
  const audience = url.protocol === 'http:' ? undefined : `${url.origin}/.default`;
  return { url: url.href.replace(/\/+$/, ''), audience };
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
