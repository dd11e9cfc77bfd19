/** Stopping what a program behind a webhook looks after. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { stop } from '../../../src/actions/webhook/stop.ts';
import { createWebhookStandIn, type WebhookStandIn } from '../../../src/sandbox/cloud/webhook/index.ts';
import { testAction } from '../../contracts/action.ts';
import { createClock, inputFor, LAG, type RestStage, restAccess } from '../rest-stage.ts';

const SECRET = `whsec_${Buffer.from('twenty-four-random-bytes').toString('base64')}`;
const ID = 'lease-42';

type WebhookStage = RestStage<WebhookStandIn>;

async function open(secret = SECRET): Promise<WebhookStage> {
  const clock = createClock();
  const cloud = await createWebhookStandIn(
    { now: clock.now, lag: LAG },
    {
      secret: SECRET,
      leases: [
        { id: ID, tags: { env: 'dev' } },
        { id: 'once', reversible: false },
      ],
    },
  );
  const connection = {
    provider: 'webhook',
    account: 'gpu-broker',
    endpoint: cloud.url,
    keyVariable: 'BROKER',
  } as const;
  return {
    cloud,
    access: restAccess(connection, { BROKER: secret }, clock),
    input: inputFor(`webhook:gpu-broker/${ID}`),
    settle: () => clock.pass(2 * LAG),
  };
}

function leaseOf({ cloud }: WebhookStage) {
  const lease = cloud.leases.get(ID);
  if (!lease) throw new Error('the lease is gone');
  return lease;
}

testAction<WebhookStage>(stop, {
  stage: () => open(),
  gone: ({ cloud }) => void cloud.leases.delete(ID),
  already: (stage) => {
    leaseOf(stage).state = 'stopped';
  },
  refused: {
    'what the program refuses': {
      put: (stage) => {
        leaseOf(stage).refusal = 'The customer is still paying';
      },
      words: /^The customer is still paying\.$/,
    },
  },
  settings: (stage) => leaseOf(stage).state,
});

describe('webhooks', () => {
  it('are refused with another secret, and never say theirs', async () => {
    const other = `whsec_${Buffer.from('some-other-random-bytes!').toString('base64')}`;
    const stage = await open(other);
    const error = await stop.plan(stage.access, stage.input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UPSTREAM', hint: expect.stringContaining('the same secret') });
    expect(`${error} ${JSON.stringify(stage.access.lines)}`).not.toContain(other.slice(8));
    await stage.cloud.close();
  });

  it.each([undefined, '', 'whsec_', 'whsec_not base64!'])('need a secret, not %s', async (secret) => {
    const stage = await open();
    const access = { ...stage.access, variable: () => secret };
    const error = await stop.plan(access, stage.input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CONFIG' });
    expect(String(error)).not.toContain('not base64');
    await stage.cloud.close();
  });

  it('say what cannot be undone, and do not try', async () => {
    const stage = await open();
    const input = inputFor('webhook:gpu-broker/once');
    const planned = await stop.plan(stage.access, input);
    expect(planned.effect).toMatch(/It cannot be undone\.$/);
    await stop.run(stage.access, planned, 'k');
    await expect(stop.undo?.run(stage.access, planned, 'u')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(stage.cloud.calls.filter(({ write }) => write)).toHaveLength(1);
    await stage.cloud.close();
  });

  it('carry the key of the run as their id, the same for every attempt', async () => {
    const ids: unknown[] = [];
    const server = createServer((request, response) => {
      ids.push(request.headers['webhook-id']);
      response.writeHead(ids.length < 3 ? 429 : 204).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const stage = await open();
    const planned = await stop.plan(stage.access, stage.input);
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const access = { ...stage.access, connection: { ...stage.access.connection, endpoint } };
    await stop.run(access, planned, 'prop-9/item-2');
    expect(ids).toEqual(['prop-9/item-2', 'prop-9/item-2', 'prop-9/item-2']);
    server.close();
    await stage.cloud.close();
  });

  it.each([
    ['no JSON', 'hello'],
    ['another shape', '{"state":7}'],
    ['an endless text', JSON.stringify({ effect: 'x'.repeat(5_000) })],
    ['a list', '[]'],
  ])('are not believed when they answer %s', async (_name, text) => {
    const server = createServer((_request, response) => response.writeHead(200).end(text)).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((resolve) => server.once('listening', resolve));
    const stage = await open();
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const access = { ...stage.access, connection: { ...stage.access.connection, endpoint } };
    await expect(stop.plan(access, stage.input)).rejects.toMatchObject({ code: 'UPSTREAM' });
    server.close();
    await stage.cloud.close();
  });
});
