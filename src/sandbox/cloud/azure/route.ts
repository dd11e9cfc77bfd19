/** One operation of Azure Resource Manager as the stand-in answers it, and its ways to say no. */
import type { WireAnswer, WireRequest } from '../http-stand-in.ts';
import type { AzureState, Operation } from './state.ts';
import type { ArmResource } from './types.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Of the whole path, without regard to case; see `under`. */
  readonly path: RegExp;
  /** As roles name it: "Microsoft.Compute/virtualMachines/deallocate/action". */
  readonly operation: string;
  answer(state: AzureState, request: WireRequest, at: Readonly<Record<string, string>>): WireAnswer;
}

/** A path below a resource group; names in braces become groups. */
export function under(provider: string, rest: string): RegExp {
  return pattern(`/subscriptions/{subscription}/resourceGroups/{group}/providers/${provider}/${rest}`);
}

export function pattern(path: string): RegExp {
  const source = path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}/?$`, 'i');
}

export function refuse(status: number, code: string, message: string): WireAnswer {
  return { status, headers: { 'x-ms-failure-cause': 'gateway' }, body: { error: { code, message } } };
}

export function notFound({ path }: WireRequest): WireAnswer {
  const [, group = '', type = ''] = /\/resourceGroups\/([^/]+)\/providers\/(.+)$/i.exec(path) ?? [];
  const message = `The Resource '${type}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return refuse(404, 'ResourceNotFound', message);
}

export function locked({ path }: WireRequest): WireAnswer {
  const scope = path.replace(/\/(deallocate|start|stop)$/, '');
  const message = `The scope '${path}' cannot perform write operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`;
  return refuse(409, 'ScopeLocked', message);
}

/** 202, with where to ask how far it is. */
export function accepted(
  { headers }: WireRequest,
  { id }: Operation,
  operations: string,
  body?: ArmResource,
): WireAnswer {
  const base = `http://${headers.host ?? 'localhost'}${operations}/${id}`;
  return {
    status: body ? 200 : 202,
    headers: {
      'azure-asyncoperation': `${base}?api-version=2024-07-01`,
      location: `${base}?api-version=2024-07-01&monitor=true`,
      'retry-after': '10',
    },
    ...(body && { body: structuredClone(body) }),
  };
}

/** The resource that a path is about, without what comes after its name. */
export function resourceAt(state: AzureState, path: string): ArmResource | undefined {
  return state.resources.get(path.toLowerCase().replace(/\/$/, ''));
}
