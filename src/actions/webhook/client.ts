/** Signed calls of a webhook by the scheme of Standard Webhooks; its answers are checked before anybody sees them. */
import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { ZodType } from 'zod';
import { AppError } from '../../core/errors.ts';
import { isAddress } from '../admin-api.ts';
import { type ActionAnswer, createActionHttp } from '../http.ts';
import type { ActionAccess, ActionInput } from '../types.ts';

export type CallType = 'plan' | 'run' | 'verify' | 'undo';

export interface WebhookCall {
  readonly type: CallType;
  readonly input: ActionInput;
  /** What the plan answered, to be handed back. */
  readonly before?: unknown;
  /** Of what `verify` asks about. */
  readonly of?: 'run' | 'undo';
  /** The same for every attempt of one run or undo. */
  readonly key?: string;
}

export interface WebhookApi {
  call(call: WebhookCall): Promise<ActionAnswer>;
  ask<T>(call: WebhookCall, shape: ZodType<T>): Promise<T>;
}

const DOING: Readonly<Record<CallType, string>> = {
  plan: 'say what it would do with',
  run: 'stop',
  verify: 'say the state of',
  undo: 'bring back',
};

/** Throws CONFIG when the address or the secret is missing or cannot be right. */
export function openWebhook(access: ActionAccess): WebhookApi {
  const { endpoint, account } = access.connection;
  if (endpoint === undefined || !isAddress(endpoint))
    throw new AppError('CONFIG', `The webhook ${account} has no address.`, {
      hint: 'Write endpoint at its entry under actions.accounts: an http(s) address without a user or a query.',
    });
  const { signer, secret } = signerOf(access);
  const call: WebhookApi['call'] = async ({ type, input, before, of, key }) => {
    const { resourceId, name, region, parts } = input.ref;
    const id = key ?? idOf(type, resourceId, access);
    const send = createActionHttp({
      access,
      vendor: `The webhook ${account}`,
      headers: async ({ text }) => {
        const at = new Date(access.now());
        return {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': signer.sign(id, at, text),
        };
      },
      secrets: [secret],
      grant:
        'The program behind it decides: check that it has the same secret and allows this call (see `pennywatch permissions actions --provider webhook`).',
    });
    return send({
      url: endpoint,
      method: 'POST',
      body: {
        type,
        ...(of !== undefined && { of }),
        resource: { id: parts.id ?? resourceId, name, account, ...(region !== undefined && { region }) },
        parameters: input.parameters,
        ...(key !== undefined && { key }),
        ...(before !== undefined && { before }),
      },
      doing: `${DOING[type]} ${name}`,
      permission: type,
      reads: type === 'plan' || type === 'verify',
    });
  };
  return {
    call,
    async ask(asked, shape) {
      const { body } = await call(asked);
      const parsed = shape.safeParse(body);
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw new AppError(
        'UPSTREAM',
        `The webhook ${account} answered "${asked.type}" in another shape than agreed: ${issue?.path.join('.') || 'the answer'}: ${issue?.message}.`,
        { hint: 'Its program must answer as src/actions/webhook/readme.md says. Nothing was done.' },
      );
    },
  };
}

function signerOf({ connection, variable }: ActionAccess) {
  const name = connection.keyVariable;
  const secret = name === undefined ? undefined : variable(name)?.trim();
  const hint = 'It is the secret both sides sign with: "whsec_" and at least 24 random bytes in base64.';
  if (!secret)
    throw new AppError(
      'CONFIG',
      `${name ?? `keyVariable of the webhook ${connection.account}`} is not set.`,
      { hint },
    );
  try {
    return { signer: new Webhook(secret), secret };
  } catch {
    // What it says quotes the secret.
    throw new AppError('CONFIG', `${name} holds no secret of a webhook.`, { hint });
  }
}

/** Questions have no key of their own; each is another message. */
function idOf(type: CallType, resourceId: string, { now, random }: ActionAccess): string {
  const text = `${type} ${resourceId} ${now()} ${random()}`;
  return `${type}-${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
}
