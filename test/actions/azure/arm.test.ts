/** Refusals of Azure in words, addresses, and lists over several pages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { changeArm, listArm, readArm } from '../../../src/actions/azure/arm.ts';
import type { ArmRequest } from '../../../src/actions/azure/send.ts';
import { tokenFor } from '../../../src/actions/azure/token.ts';
import { accessTo } from './stage.ts';

const request: ArmRequest = {
  path: '/subscriptions/s/things',
  version: '2024-01-01',
  doing: 'look at things',
  permission: 'Microsoft.Things/things/read',
};
let server: Server | undefined;
afterEach(() => server?.close());

/** Answers one after the other, the last one for ever. */
async function answering(
  ...answers: readonly { status: number; body?: unknown; headers?: Record<string, string> }[]
): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((incoming, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${incoming.method} ${incoming.url}`);
    response.writeHead(answer?.status ?? 500, answer?.headers);
    response.end(JSON.stringify(answer?.body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('Azure Resource Manager', () => {
  it('reads lists over all their pages, at the address it was given', async () => {
    const { url, asked } = await answering(
      {
        status: 200,
        body: {
          value: [1],
          nextLink: 'https://elsewhere.example/subscriptions/s/things?$skip=1&api-version=2024-01-01',
        },
      },
      { status: 200, body: { value: [2] } },
    );
    expect(await listArm(accessTo(url), request)).toEqual([1, 2]);
    expect(asked[1]).toContain('/subscriptions/s/things?%24skip=1');
  });

  it('names the permission on the other resource when that is what is missing', async () => {
    const message =
      "The client 'x' has permission to perform action 'Microsoft.ContainerService/managedClusters/agentPools/write' on scope '/s'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '/t' or the linked scope(s) are invalid.";
    const { url } = await answering({
      status: 403,
      body: { error: { code: 'LinkedAuthorizationFailed', message } },
    });
    await expect(readArm(accessTo(url), request)).rejects.toMatchObject({
      message: expect.stringMatching(
        /permission Microsoft\.Network\/virtualNetworks\/subnets\/join\/action is missing\.$/,
      ),
    });
  });

  it('sends people to the service that manages the resource', async () => {
    const error = { code: 'DenyAssignmentAuthorizationFailed', message: 'There is a deny assignment.' };
    const { url } = await answering({ status: 403, body: { error } });
    await expect(readArm(accessTo(url), request)).rejects.toMatchObject({
      message: expect.stringContaining('belongs to a managed service'),
    });
  });

  it('shows a token that the environment holds ready', async () => {
    const access = accessTo('https://management.example');
    const connection = { ...access.connection, keyVariable: 'ARM_TOKEN' };
    const variable = (name: string) => (name === 'ARM_TOKEN' ? 'ready-token' : undefined);
    expect(await tokenFor({ ...access, connection, variable }, 'https://management.example/.default')).toBe(
      'ready-token',
    );
  });

  it('does not call a policy of Azure a missing permission', async () => {
    const error = { code: 'RequestDisallowedByPolicy', message: "Resource 'x' was disallowed by policy." };
    const { url } = await answering({ status: 403, body: { error } });
    await expect(readArm(accessTo(url), request)).rejects.toMatchObject({
      message: expect.stringContaining('disallowed by policy (RequestDisallowedByPolicy).'),
    });
  });

  it('notices a change that was accepted and failed at once', async () => {
    const { url } = await answering(
      {
        status: 202,
        headers: {
          'azure-asyncoperation': 'https://management.azure.com/subscriptions/s/operations/1?api-version=1',
        },
      },
      { status: 200, body: { status: 'Failed', error: { code: 'QuotaExceeded', message: 'No quota left' } } },
    );
    const change = {
      ...request,
      method: 'POST' as const,
      key: 'k',
      operations: 'Microsoft.Things/operations/read',
    };
    await expect(changeArm(accessTo(url), change)).rejects.toMatchObject({
      code: 'UPSTREAM',
      uncertain: false,
      message: expect.stringContaining('No quota left (QuotaExceeded).'),
    });
  });

  it.each(['http://management.example', 'ftp://127.0.0.1', 'https://user@management.example', 'nonsense'])(
    'sends no token to %s',
    async (address) => {
      await expect(readArm(accessTo(address), request)).rejects.toMatchObject({ code: 'CONFIG' });
    },
  );

  it('takes the address of the environment where the account has none', async () => {
    const { url, asked } = await answering({ status: 200, body: {} });
    const access = {
      ...accessTo(undefined),
      variable: (name: string) => (name === 'AZURE_RESOURCE_MANAGER_ENDPOINT' ? url : undefined),
    };
    await readArm(access, request);
    expect(asked).toHaveLength(1);
  });
});
