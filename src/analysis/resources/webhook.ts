/** What a webhook of the settings looks after: any id its globs cover, or one that is written out. */
import type { ActionAccount, Recognised, ResourceRef } from '../../core/action.ts';
import { matchesGlob } from './glob.ts';

/** "webhook:ACCOUNT/ID": written out by somebody; ids as bills have them are known by the settings, see webhookRef. */
export function recogniseWebhook(id: string): Recognised | undefined {
  const [, account, rest] = /^webhook:([^/\s]{1,80})\/(.+)$/s.exec(id) ?? [];
  return account === undefined || rest === undefined
    ? undefined
    : { known: true, ref: webhookOf({ resourceId: id, account, id: rest }) };
}

/**
 * The resource as a webhook of actions.accounts takes it: undefined unless one of its `match` globs covers the id. Ask
 * it before recognise(), as it knows the settings.
 */
export function webhookRef(
  resourceId: string,
  account: ActionAccount,
  name?: string,
): ResourceRef | undefined {
  if (account.provider !== 'webhook') return undefined;
  const own = `webhook:${account.account}/`;
  const id = resourceId.startsWith(own) ? resourceId.slice(own.length) : resourceId;
  if (id === '' || !account.match.some((glob) => matchesGlob(id, glob))) return undefined;
  return webhookOf({ resourceId, account: account.account, id, name });
}

function webhookOf(from: {
  readonly resourceId: string;
  readonly account: string;
  readonly id: string;
  readonly name?: string | undefined;
}): ResourceRef {
  return {
    resourceId: from.resourceId,
    provider: 'webhook',
    kind: 'webhook.resource',
    name: from.name ?? from.id,
    account: from.account,
    parts: { id: from.id },
  };
}
