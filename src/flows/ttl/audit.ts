/** What audit entries say about times to live. */
import { appendAudit } from '../../store/audit.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { StoredTtl } from '../../store/time-to-live.ts';

export type TtlVerb = 'set' | 'keep' | 'off' | 'ask' | 'propose' | 'end';

/** In the transaction of what happened. */
export async function auditTtl(
  tx: StoreTransaction,
  verb: TtlVerb,
  by: { readonly actor: string; readonly at: Date },
  states: { readonly before?: StoredTtl; readonly after?: StoredTtl; readonly facts?: object },
): Promise<void> {
  const { before, after, facts } = states;
  const scope = (after ?? before)?.scope ?? '';
  await appendAudit(tx, {
    ...by,
    action: `ttl.${verb}`,
    subject: `ttl:${scope}`,
    ...(before && { before: textOf(before) }),
    ...((after || facts) && { after: after ? textOf(after, facts) : JSON.stringify(facts) }),
  });
}

function textOf({ until, setBy, reason }: StoredTtl, facts: object = {}): string {
  return JSON.stringify({ until: until.toISOString(), setBy, reason, ...facts });
}
