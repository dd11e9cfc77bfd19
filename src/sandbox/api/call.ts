/** One call of the Web API: token, scope, arguments, answer. */
import { checkSimulatedLimit } from '../rate-limit.ts';
import { Refusal, refusalBody } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';
import type { SandboxLog } from '../types.ts';
import type { Arguments, Method } from './method.ts';
import { METHODS } from './registry.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}

/** `authorization` is the request's header; the token may also be an argument. Never throws. */
export function callMethod(
  state: WorkspaceState,
  call: { name: string; args: Arguments; authorization: string | undefined; log: SandboxLog },
): ApiAnswer {
  const method = Object.hasOwn(METHODS, call.name) ? METHODS[call.name] : undefined;
  const headers = {
    'x-oauth-scopes': state.scopes.join(','),
    ...(method?.scope ? { 'x-accepted-oauth-scopes': method.scope } : {}),
  };
  try {
    if (!method) throw new Refusal('unknown_method', { extra: { req_method: call.name } });
    if (call.name !== 'api.test') checkToken(state, call);
    checkScope(state, method);
    checkSimulatedLimit(state, call.name);
    checkNeeds(method, call.args);
    return { status: 200, headers, body: { ok: true, ...method.run(state, call.args) } };
  } catch (error) {
    return failed(error, call, headers);
  }
}

function failed(
  error: unknown,
  call: { name: string; log: SandboxLog },
  headers: Record<string, string>,
): ApiAnswer {
  if (!(error instanceof Refusal)) {
    call.log.error({ err: error, method: call.name }, 'a method of the sandbox failed');
    return { status: 500, headers, body: { ok: false, error: 'internal_error' } };
  }
  call.log.info(
    { method: call.name, error: error.code, problems: error.problems },
    'the sandbox refused a call',
  );
  if (error.retryAfter === undefined) return { status: 200, headers, body: refusalBody(error) };
  const withWait = { ...headers, 'retry-after': String(error.retryAfter) };
  return { status: 429, headers: withWait, body: refusalBody(error) };
}

function checkToken(
  state: WorkspaceState,
  call: { args: Arguments; authorization: string | undefined },
): void {
  const bearer = /^Bearer\s+(\S+)$/i.exec(call.authorization ?? '')?.[1];
  const token = bearer ?? call.args.token;
  if (typeof token !== 'string' || token === '') throw new Refusal('not_authed');
  if (token !== state.botToken) throw new Refusal('invalid_auth');
}

function checkScope(state: WorkspaceState, { scope }: Method): void {
  if (!scope || state.scopes.includes(scope)) return;
  throw new Refusal('missing_scope', { extra: { needed: scope, provided: state.scopes.join(',') } });
}

function checkNeeds(method: Method, args: Arguments): void {
  const missing = (method.needs ?? []).filter((name) => args[name] === undefined || args[name] === '');
  if (missing.length === 0) return;
  throw new Refusal('invalid_arguments', {
    problems: missing.map((name) => `missing required field: ${name}`),
  });
}
