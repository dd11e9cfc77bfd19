/** A proposal to stop a training job, straight into the tables; Mira asked for it. */
import type { Store } from '../../src/store/open.ts';
import { MIRA } from '../commands/workbench.ts';

export async function addProposal(
  store: Store,
  { id, status }: { id: number; status: 'waiting' | 'done' },
): Promise<void> {
  const at = new Date('2026-11-21T08:00:00Z');
  const ref = {
    resourceId: `arn:aws:ec2:us-east-1:123456789012:instance/i-0${id}`,
    provider: 'aws',
    kind: 'aws.ec2.instance',
    name: `i-0${id}`,
    account: '123456789012',
    region: 'us-east-1',
    parts: { instanceId: `i-0${id}` },
  };
  await store.proposal.create({
    data: {
      id,
      kind: 'shut-down',
      scope: 'model:bert',
      title: 'bert',
      anomalyId: 1,
      team: 'search',
      status,
      mode: 'approve',
      requestedBy: `slack:${MIRA.slack}`,
      createdAt: at,
      requestedAt: at,
      expiresAt: new Date('2026-11-28T08:00:00Z'),
      currency: 'USD',
      ...(status === 'done' && {
        startedAt: at,
        finishedAt: at,
        undoUntil: new Date('2026-11-28T08:00:00Z'),
      }),
      items: {
        create: {
          resourceId: ref.resourceId,
          ref: JSON.stringify(ref),
          name: ref.name,
          provider: 'aws',
          account: ref.account,
          action: 'aws.ec2.stop',
          state: status === 'done' ? 'done' : 'planned',
          key: `key-${id}`,
          before: JSON.stringify({ state: 'running' }),
        },
      },
    },
  });
}
