/** Webhooks of one's own: JSON, signed as Standard Webhooks says, so that the receiver can tell who it is from. */
import { Webhook } from 'standardwebhooks';
import type { IntegrationSettings } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import { type Answered, post, refused, secretOf } from './http.ts';
import type { Notifier, NotifyAccess } from './types.ts';

/** One notifier for all of them: the channel is the webhook's name. */
export function createWebhooks(webhooks: IntegrationSettings['webhooks'], access: NotifyAccess): Notifier {
  return {
    async send(channel, body, { key }) {
      const webhook = webhooks.find(({ name }) => name === channel);
      if (!webhook)
        throw new AppError('CONFIG', `There is no webhook "${channel}" any more.`, {
          hint: 'It was taken out of integrations.webhooks in pennywatch.yaml.',
        });
      const who = `The webhook "${channel}"`;
      const answer = await postSigned(access, { ...webhook, who, body, key });
      if (answer.status >= 200 && answer.status < 300) return { id: key };
      throw refused(who, answer, undefined);
    },
  };
}

/**
 * POSTs `body` with the headers webhook-id, webhook-timestamp and webhook-signature (https://www.standardwebhooks.com).
 * The id is the same at every attempt, so that the receiver can tell a repetition.
 */
export async function postSigned(
  { variable, now }: NotifyAccess,
  call: {
    readonly who: string;
    readonly url: string;
    readonly keyVariable: string;
    readonly body: string;
    readonly key: string;
  },
): Promise<Answered> {
  const { who, url, keyVariable, body, key } = call;
  const secret = secretOf(variable, keyVariable, `the secret that signs calls of ${url}`);
  const id = `msg_${Buffer.from(key).toString('base64url')}`;
  const at = new Date(now());
  const signature = signer(secret, keyVariable).sign(id, at, body);
  return post({
    who,
    url,
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': signature,
    },
  });
}

function signer(secret: string, name: string): Webhook {
  // What does not begin with "whsec_" is taken as it stands: people write any text as a secret.
  if (!secret.startsWith('whsec_')) return new Webhook(secret, { format: 'raw' });
  try {
    return new Webhook(secret);
  } catch (cause) {
    throw new AppError('CONFIG', `The secret in ${name} begins with whsec_ but is not base64 behind it.`, {
      hint: 'Copy it again from the receiver, or use a plain text without whsec_.',
      cause,
    });
  }
}
