import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseGcp } from '../../../src/analysis/resources/gcp.ts';
import type { ResourceHints } from '../../../src/core/action.ts';

const VM = 'projects/acme-ml-dev/zones/europe-west4-a/instances/bert-1';
const JOB = 'projects/702946158330/locations/europe-west4/customJobs/5280417369102847561';
const POOL = 'clusters/ml/nodePools/gpu';

function refOf(id: string, hints: ResourceHints = {}) {
  const recognised = recogniseGcp(id, hints);
  if (!recognised?.known) throw new Error(recognised ? recognised.why : 'not of Google Cloud');
  return recognised.ref;
}

describe('what can be acted on', () => {
  it.each([
    `//compute.googleapis.com/${VM}`,
    `https://www.googleapis.com/compute/v1/${VM}`,
    `https://compute.googleapis.com/compute/v1/${VM}`,
    `compute/v1/${VM}`,
    VM,
  ])('%s', (id) => {
    expect(refOf(id)).toEqual({
      resourceId: id,
      provider: 'gcp',
      kind: 'gcp.compute.instance',
      name: 'bert-1',
      account: 'acme-ml-dev',
      region: 'europe-west4',
      parts: { project: 'acme-ml-dev', zone: 'europe-west4-a', instance: 'bert-1' },
    });
  });

  it.each([
    [`//aiplatform.googleapis.com/${JOB}`, 'gcp.vertex.custom-job', '5280417369102847561'],
    [
      `https://europe-west4-aiplatform.googleapis.com/v1/${JOB}`,
      'gcp.vertex.custom-job',
      '5280417369102847561',
    ],
    [JOB, 'gcp.vertex.custom-job', '5280417369102847561'],
    [
      '//aiplatform.googleapis.com/projects/52/locations/europe-west4/endpoints/my-endpoint',
      'gcp.vertex.endpoint',
      'my-endpoint',
    ],
    [
      '//notebooks.googleapis.com/projects/acme-ml-dev/locations/europe-west4-b/instances/mira',
      'gcp.workbench.instance',
      'mira',
    ],
    [
      `//container.googleapis.com/projects/acme-ml-dev/zones/europe-west4-a/${POOL}`,
      'gcp.gke.node-pool',
      'ml/gpu',
    ],
    [
      `//container.googleapis.com/projects/acme-ml-dev/locations/europe-west4/${POOL}`,
      'gcp.gke.node-pool',
      'ml/gpu',
    ],
    [
      `https://container.googleapis.com/v1/projects/acme-ml-dev/locations/europe-west4/${POOL}`,
      'gcp.gke.node-pool',
      'ml/gpu',
    ],
  ])('%s', (id, kind, name) => {
    expect(refOf(id)).toMatchObject({ kind, name, region: 'europe-west4' });
  });

  it('under the id of the project, when the bill gives it beside the number', () => {
    const ref = refOf(`//aiplatform.googleapis.com/${JOB}`, {
      account: 'acme-ml-dev',
      name: 'bert-retrain-7',
    });
    expect(ref).toMatchObject({ account: 'acme-ml-dev', name: 'bert-retrain-7' });
    expect(ref.parts.project).toBe('acme-ml-dev');
    expect(refOf(JOB, { account: '702946158330' }).account).toBe('702946158330');
  });

  it('never under another project than the one that the name itself says', () => {
    const ref = refOf(`//compute.googleapis.com/${VM}`, { account: 'somebody-else' });
    expect(ref.account).toBe('acme-ml-dev');
    expect(ref.parts.project).toBe('acme-ml-dev');
  });

  it('as Workbench without a host only when the bill says so', () => {
    const id = 'projects/acme-ml-dev/locations/europe-west4-b/instances/mira';
    expect(refOf(id, { service: 'Notebooks' }).kind).toBe('gcp.workbench.instance');
    expect(recogniseGcp(id, { service: 'Cloud Filestore API' })).toMatchObject({ known: false });
  });
});

describe('what cannot', () => {
  it.each([
    [
      '//aiplatform.googleapis.com/projects/p1/locations/l/publishers/google/models/gemini-2.5-flash',
      /billed by use/,
    ],
    ['//aiplatform.googleapis.com/projects/p1/locations/l/trainingPipelines/12', /training pipeline/],
    ['//aiplatform.googleapis.com/projects/p1/locations/l/pipelineJobs/12', /pipeline run/],
    ['projects/p1/locations/l/hyperparameterTuningJobs/12', /tuning job/],
    ['//aiplatform.googleapis.com/projects/p1/locations/l/tensorboards/12', /Vertex AI/],
    ['//aiplatform.googleapis.com/projects/p1/locations/l/customJobs/not-digits', /Vertex AI/],
    ['//storage.googleapis.com/acme-training-data', /Cloud Storage/],
    ['//bigquery.googleapis.com/projects/p1/datasets/billing', /BigQuery/],
    ['//container.googleapis.com/projects/p1/locations/l/clusters/ml', /whole Kubernetes cluster/],
    [
      '//container.googleapis.com/projects/p1/zones/z/clusters/ml/k8s/nodes/n',
      /node pools can be resized|whole/,
    ],
    ['//compute.googleapis.com/projects/p1/zones/z/disks/d', /is a disk/],
    ['//compute.googleapis.com/projects/p1/zones/z/instanceGroupManagers/g', /managed instance group/],
    ['//notebooks.googleapis.com/projects/p1/locations/l/runtimes/r', /managed notebook/],
    ['//redis.googleapis.com/projects/p1/locations/l/instances/r', /redis\.googleapis\.com/],
    ['//compute.googleapis.com/projects/p1/zones/z/instances/a%2F..%2Fb', /Compute Engine/],
    ['//aiplatform.googleapis.com/projects/p/locations/evil.example#/endpoints/1', /Vertex AI/],
    ['projects/p1/something/x', /does not say/],
  ])('%s', (id, words) => {
    const recognised = recogniseGcp(id, {});
    expect(recognised).toMatchObject({ known: false });
    if (recognised && !recognised.known) expect(recognised.why).toMatch(words);
    if (recognised && !recognised.known) expect(recognised.why).toMatch(/\.$/);
  });

  it.each([
    'i-0abc',
    'arn:aws:ec2:us-east-1:1:instance/i-1',
    '/subscriptions/a/resourceGroups/b',
    'sk-1',
    '',
  ])('%j is of somebody else', (id) => expect(recogniseGcp(id, {})).toBeUndefined());

  it('whatever is in a name, parts hold nothing that leads out of an address', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'projects',
        'zones',
        'locations',
        'instances',
        'clusters',
        'nodePools',
        'endpoints',
        '..',
      ),
      fc.string({ maxLength: 12 }),
      fc.constantFrom('acme-ml-dev', 'europe-west4', 'bert-1', '52'),
    );
    const hosts = fc.constantFrom('//compute', '//aiplatform', '//container', 'https://notebooks');
    fc.assert(
      fc.property(hosts, fc.array(word, { maxLength: 9 }), (host, words) => {
        const recognised = recogniseGcp(`${host}.googleapis.com/${words.join('/')}`, {});
        if (!recognised?.known) return;
        for (const part of Object.values(recognised.ref.parts)) expect(part).toMatch(/^[\w:.-]+$/);
        expect(recognised.ref.parts.location ?? '').not.toMatch(/[.:]/);
      }),
      { numRuns: 300 },
    );
  });
});
