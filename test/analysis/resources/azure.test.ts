/** Ids of Azure as bills have them: what can be acted on, and why the rest cannot. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseAzure } from '../../../src/analysis/resources/azure.ts';

const SUB = '5b0f6c1e-7d32-4a19-9c84-2e61f0a7d358';
const GROUP = `/subscriptions/${SUB}/resourceGroups/rg-search/providers`;
const NODES = (group: string) => `/subscriptions/${SUB}/resourceGroups/${group}/providers/Microsoft.Compute`;
const place = { subscription: SUB, resourceGroup: 'rg-search' };

describe('what can be acted on', () => {
  it.each([
    [`${GROUP}/Microsoft.Compute/virtualMachines/vm-1`, 'azure.vm', 'vm-1', { ...place, name: 'vm-1' }],
    [
      `${GROUP}/Microsoft.MachineLearningServices/workspaces/ml/computes/ci-1`,
      'azure.aml.compute',
      'ci-1',
      { ...place, workspace: 'ml', name: 'ci-1' },
    ],
    [
      `${GROUP}/Microsoft.MachineLearningServices/workspaces/ml/onlineEndpoints/rank`,
      'azure.aml.endpoint',
      'rank',
      { ...place, workspace: 'ml', endpoint: 'rank' },
    ],
    [
      `${GROUP}/Microsoft.MachineLearningServices/workspaces/ml/onlineEndpoints/rank/deployments/blue`,
      'azure.aml.deployment',
      'rank/blue',
      { ...place, workspace: 'ml', endpoint: 'rank', deployment: 'blue' },
    ],
    [
      `${GROUP}/Microsoft.ContainerService/managedClusters/west/agentPools/gpu`,
      'azure.aks.agent-pool',
      'gpu',
      { ...place, cluster: 'west', pool: 'gpu' },
    ],
    [
      `${NODES('MC_rg-search_west_westeurope')}/virtualMachineScaleSets/aks-gpu-31415926-vmss`,
      'azure.aks.agent-pool',
      'gpu',
      {
        subscription: SUB,
        nodeResourceGroup: 'MC_rg-search_west_westeurope',
        pool: 'gpu',
        resourceGroup: 'rg-search',
        cluster: 'west',
      },
    ],
    [
      `${NODES('MC_rg_search_west_westeurope')}/virtualMachineScaleSets/aks-gpu-31415926-vmss/virtualMachines/0`,
      'azure.aks.agent-pool',
      'gpu',
      // Which underscore is whose cannot be known: the cluster is looked for.
      { subscription: SUB, nodeResourceGroup: 'MC_rg_search_west_westeurope', pool: 'gpu' },
    ],
    [
      `${NODES('MC_rg-search_west_westeurope')}/virtualMachineScaleSets/aksnpwin`,
      'azure.aks.agent-pool',
      'npwin',
      expect.objectContaining({ pool: 'npwin' }),
    ],
  ])('%s', (id, kind, name, parts) => {
    const hints = { region: 'westeurope' };
    const ref = { resourceId: id, provider: 'azure', kind, name, account: SUB, region: 'westeurope', parts };
    expect(recogniseAzure(id, hints)).toEqual({ known: true, ref });
    const lower = recogniseAzure(id.toLowerCase(), {});
    expect(lower).toMatchObject({ known: true, ref: { kind, name, account: SUB } });
  });
});

describe('what cannot, and why', () => {
  it.each([
    [`${GROUP}/Microsoft.Compute/virtualMachineScaleSets/workers`, /no AKS node pool by its name/],
    [`${NODES('MC_rg_west_westeurope')}/virtualMachines/aks-nodepool1-12345678-0`, /node of an AKS cluster/],
    [`${GROUP}/Microsoft.Compute/disks/data-1`, /is a disk/],
    [`${GROUP}/Microsoft.ContainerService/managedClusters/west`, /act on its node pools/],
    [`${GROUP}/Microsoft.MachineLearningServices/workspaces/ml`, /workspace as a whole/],
    [`${GROUP}/Microsoft.CognitiveServices/accounts/openai-1`, /billed for what is asked of it/],
    [`${GROUP}/Microsoft.Storage/storageAccounts/data`, /deleting data is not done from here/],
    [`${GROUP}/Contoso.Strange/things/one`, /contoso\.strange\/things.*no action/],
    [`/subscriptions/${SUB}`, /not a single resource/],
    [`/subscriptions/${SUB}/resourceGroups/rg-search`, /not a single resource/],
    [`${GROUP}/Microsoft.Compute/virtualMachines/a//b`, /not a single resource/],
  ])('%s', (id, why) => {
    const recognised = recogniseAzure(id, {});
    expect(recognised).toEqual({ known: false, why: expect.stringMatching(why) });
    if (recognised && !recognised.known) expect(recognised.why).toMatch(/\.$/);
  });

  it.each([
    'arn:aws:ec2:us-east-1:1:instance/i-1',
    'projects/p/zones/z/instances/i',
    'i-0abc',
    'k8s://c/n/job/j',
    '',
  ])('leaves %j to others', (id) => expect(recogniseAzure(id, {})).toBeUndefined());
});

it('answers whatever it is given with undefined, a sentence or names without slashes', () => {
  const id = fc.array(
    fc.oneof(
      fc.constantFrom(
        '/subscriptions/',
        'resourceGroups/',
        'providers/',
        'Microsoft.Compute/',
        'virtualMachines/',
        '_',
        'mc_',
        '..',
        '%2f',
        ' ',
      ),
      fc.string(),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(id, (pieces) => {
      const recognised = recogniseAzure(pieces.join(''), {});
      if (recognised === undefined) return true;
      if (!recognised.known) return /\.$/.test(recognised.why);
      return !recognised.ref.name.includes('/../') && !recognised.ref.parts.name?.includes('/');
    }),
  );
});
