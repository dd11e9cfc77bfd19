/** Where Google's APIs are: their own hosts, or what an entry or gcloud's standard variables name instead. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess } from '../types.ts';

export type GoogleService = 'compute' | 'aiplatform' | 'notebooks' | 'container';

export interface Base {
  /** With the API's version, without a slash at the end. */
  readonly url: string;
  /** loopback: an emulator on this machine, which is asked without credentials. */
  readonly host: 'google' | 'loopback' | 'other';
}

const VERSION: Readonly<Record<GoogleService, string>> = {
  compute: 'compute/v1',
  aiplatform: 'v1',
  notebooks: 'v2',
  container: 'v1',
};

/** An entry's own `endpoint` wins over CLOUDSDK_API_ENDPOINT_OVERRIDES_<SERVICE>. Throws CONFIG when it is no URL. */
export function baseOf(access: ActionAccess, service: GoogleService, location: string): Base {
  const variable = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.toUpperCase()}`;
  const own = access.connection.endpoint ?? access.variable(variable);
  if (own === undefined)
    return { url: `https://${ownHost(service, location)}/${VERSION[service]}`, host: 'google' };
  if (!URL.canParse(own))
    throw new AppError('CONFIG', `The end point for ${service} is not an address.`, {
      hint: `Correct ${access.connection.endpoint === undefined ? variable : 'endpoint under actions.accounts'}: it looks like http://127.0.0.1:8080.`,
    });
  // gcloud's variable for Compute ends with the version, the others do not.
  const root = own.replace(/\/+$/, '').replace(/(\/compute)?\/v\d+$/, '');
  return { url: `${root}/${VERSION[service]}`, host: hostOf(new URL(own)) };
}

function ownHost(service: GoogleService, location: string): string {
  return service === 'aiplatform' && location !== 'global'
    ? `${location}-aiplatform.googleapis.com`
    : `${service}.googleapis.com`;
}

function hostOf({ protocol, hostname }: URL): Base['host'] {
  if (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return 'loopback';
  // Also private end points such as compute-acme.p.googleapis.com.
  return protocol === 'https:' && /(^|\.)googleapis\.com$/.test(hostname) ? 'google' : 'other';
}
