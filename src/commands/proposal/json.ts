/** Proposals as `ask --json` prints them: amounts are decimal strings. */
import { microsToDecimal } from '../../core/money.ts';
import type { ProposalShown } from '../../view/messages/proposal-types.ts';

export function proposalJson(shown: ProposalShown): Record<string, unknown> {
  return {
    proposal: shown.id,
    kind: shown.kind,
    scope: shown.scope,
    status: shown.status,
    mode: shown.mode,
    team: shown.team ?? null,
    anomaly: shown.anomalyId ?? null,
    requestedBy: shown.by,
    reason: shown.reason ?? null,
    requestedAt: shown.requestedAt?.toISOString() ?? null,
    expiresAt: shown.expiresAt.toISOString(),
    notBefore: shown.notBefore?.toISOString() ?? null,
    approvalsNeeded: shown.approvalsNeeded,
    why: shown.policy,
    approvers: shown.approvers.map(({ name }) => name),
    approvals: shown.approvals.map(({ name, verdict, note, at }) => ({
      by: name,
      verdict,
      note: note ?? null,
      at: at.toISOString(),
    })),
    currency: shown.currency,
    savingPerDay: amount(shown.savingMicros),
    finishedAt: shown.finishedAt?.toISOString() ?? null,
    undoUntil: shown.undoUntil?.toISOString() ?? null,
    undoOf: shown.undoOf ?? null,
    undoneBy: shown.undoneBy?.id ?? null,
    items: shown.items.map((item) => ({
      number: item.id,
      resourceId: item.resourceId,
      name: item.name,
      provider: item.provider ?? null,
      action: item.title ?? null,
      state: item.state,
      live: item.live ?? null,
      environment: item.environment ?? null,
      owner: item.owner ?? null,
      costPerDay: amount(item.costMicros),
      savingPerDay: amount(item.savingMicros),
      reversible: item.reversible,
      said: item.said ?? null,
    })),
  };
}

function amount(micros: bigint | undefined): string | null {
  return micros === undefined ? null : microsToDecimal(micros);
}
