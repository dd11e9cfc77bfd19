/** What could be done with a resource of the bill, as far as its id, the settings and our actions say. */
import type { ProviderAction } from '../../actions/types.ts';
import { findAccount, webhookFor } from '../../analysis/policy/allow-list.ts';
import { webhookRef } from '../../analysis/resources/keys.ts';
import { recognise } from '../../analysis/resources/recognise.ts';
import type { Recognised } from '../../core/action.ts';
import type { Context } from '../context.ts';
import type { Candidate } from '../proposals/candidates.ts';

/** What could be done with a resource. */
export type WhatCanBeDone =
  /** `past` as in "stopped"; `undone`: can be brought back. */
  | { readonly possible: true; readonly past: string; readonly undone: boolean }
  /** A whole sentence. */
  | { readonly possible: false; readonly why: string };

export function recogniseIn({ settings }: Context, candidate: Candidate): Recognised {
  const { resourceId, provider, service, account, region, type, name } = candidate;
  const webhook = webhookFor(resourceId, settings.actions.accounts);
  const taken = webhook && webhookRef(resourceId, webhook);
  if (taken) return { known: true, ref: taken };
  return recognise(resourceId, {
    provider,
    service,
    ...(account !== null && { account }),
    ...(region !== null && { region }),
    ...(type !== null && { type }),
    ...(name !== null && { name }),
  });
}

/** Where the bill names the account only, that is not what the resource is called. */
export function nameOf(
  { resourceId, name, account, accountName }: Candidate,
  recognised: Recognised,
): string {
  if (recognised.known) return recognised.ref.name;
  const isAccount = resourceId === account || resourceId === accountName;
  return name !== null && (isAccount || name !== accountName) ? name : resourceId;
}

export function whatCanBeDone(
  { settings }: Context,
  recognised: Recognised,
  actions: readonly ProviderAction[],
): WhatCanBeDone {
  if (!recognised.known) return { possible: false, why: recognised.why };
  const { ref } = recognised;
  const action = actions.find(({ about }) => about.kinds.includes(ref.kind));
  if (!action) return { possible: false, why: `Nothing can be done with it from here (${ref.kind}).` };
  const { past } = action.about;
  if (!findAccount(ref, settings.actions.accounts))
    return {
      possible: false,
      why: `It could be ${past}, but ${ref.account} is not under actions.accounts in pennywatch.yaml.`,
    };
  return { possible: true, past, undone: action.undo !== undefined };
}
