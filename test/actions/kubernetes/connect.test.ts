/** How a cluster is reached: an address with a token, never in the clear over a network. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deploymentScale } from '../../../src/actions/kubernetes/deployment-scale.ts';
import {
  createKubernetesStandIn,
  type KubernetesStandIn,
} from '../../../src/sandbox/cloud/kubernetes/index.ts';
import { accessTo, inputFor } from './stage.ts';

const input = inputFor('k8s://ml-west/search/deployment/ranker');
const resources = {
  token: 'kube-token-1',
  deployments: [{ namespace: 'search', name: 'ranker', replicas: 1 }],
};
let cloud: KubernetesStandIn | undefined;
afterEach(() => cloud?.close());

describe('the way to a cluster', () => {
  it('shows the token of the variable that the settings name', async () => {
    cloud = await createKubernetesStandIn({ now: () => 0, lag: 0 }, resources);
    const connection = { endpoint: cloud.url, keyVariable: 'ML_WEST_TOKEN' };
    const good = accessTo(connection, { ML_WEST_TOKEN: 'kube-token-1' });
    expect(await deploymentScale.plan(good, input)).toMatchObject({ live: { state: 'running' } });
    const bad = accessTo(connection, { ML_WEST_TOKEN: 'another' });
    await expect(deploymentScale.plan(bad, input)).rejects.toMatchObject({
      code: 'UPSTREAM',
      message: expect.stringContaining('did not take the credentials'),
    });
  });

  it('speaks no plain http to another machine', async () => {
    const access = accessTo({ endpoint: 'http://kube.wrenfield.example:8080' });
    await expect(deploymentScale.plan(access, input)).rejects.toMatchObject({ code: 'CONFIG' });
  });

  it('says so when nothing listens, and that nothing was changed', async () => {
    const access = accessTo({ endpoint: 'http://127.0.0.1:1' });
    await expect(deploymentScale.plan(access, input)).rejects.toMatchObject({
      code: 'UPSTREAM',
      uncertain: false,
      hint: expect.stringContaining('Nothing was changed.'),
    });
  });

  it('goes to the cluster whose context the settings name, and to no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    cloud = await createKubernetesStandIn({ now: () => 0, lag: 0 }, { deployments: resources.deployments });
    const file = join(folder, 'config');
    writeFileSync(file, kubeconfig(cloud.url));
    vi.stubEnv('KUBECONFIG', file);
    try {
      const named = accessTo({ context: 'named' });
      expect(await deploymentScale.plan(named, input)).toMatchObject({ live: { state: 'running' } });
      // The current context leads nowhere.
      await expect(deploymentScale.plan(accessTo({}), input)).rejects.toMatchObject({ code: 'UPSTREAM' });
      await expect(deploymentScale.plan(accessTo({ context: 'unknown' }), input)).rejects.toMatchObject({
        code: 'CONFIG',
        message: expect.stringContaining('no context unknown'),
      });
    } finally {
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
  });
});

function kubeconfig(url: string): string {
  const cluster = (name: string, server: string) => ({
    name,
    cluster: { server, 'insecure-skip-tls-verify': true },
  });
  return JSON.stringify({
    'current-context': 'usual',
    clusters: [cluster('a', 'http://127.0.0.1:1'), cluster('b', url)],
    users: [{ name: 'me', user: {} }],
    contexts: [
      { name: 'usual', context: { cluster: 'a', user: 'me' } },
      { name: 'named', context: { cluster: 'b', user: 'me' } },
    ],
  });
}
