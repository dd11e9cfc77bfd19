/** Workloads of Kubernetes as allocators name them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseKubernetes } from '../../../src/analysis/resources/kubernetes.ts';

describe('what can be acted on', () => {
  it.each([
    ['k8s://ml-west/search/deployment/ranker', 'ml-west', 'kubernetes.deployment', 'ranker'],
    ['ml-west/search/deployment:ranker', 'ml-west', 'kubernetes.deployment', 'ranker'],
    ['ml-west/search/Deployment/ranker', 'ml-west', 'kubernetes.deployment', 'ranker'],
    ['ml-west/search/statefulsets/index', 'ml-west', 'kubernetes.statefulset', 'index'],
    ['K8S://ml-west/search/job/bert-7/', 'ml-west', 'kubernetes.job', 'bert-7'],
    [
      'gke_proj_europe-west4_ml/search/cronjob:nightly',
      'gke_proj_europe-west4_ml',
      'kubernetes.cronjob',
      'nightly',
    ],
    [
      'k8s://arn:aws:eks:us-east-1:111122223333:cluster/ml-west/search/deployment/ranker',
      'arn:aws:eks:us-east-1:111122223333:cluster/ml-west',
      'kubernetes.deployment',
      'ranker',
    ],
  ])('%s', (resourceId, cluster, kind, name) => {
    const parts = { cluster, namespace: 'search', name };
    expect(recogniseKubernetes(resourceId, {})).toEqual({
      known: true,
      ref: { resourceId, provider: 'kubernetes', kind, name, account: cluster, parts },
    });
  });
});

describe('what cannot, and why', () => {
  it.each([
    ['k8s://ml-west/search/pod/ranker-7f9c-abcde', /start again at once/],
    ['ml-west/search/daemonset:log-agent', /on every node/],
    ['ml-west/search/replicaset/ranker-7f9c', /act on the Deployment/],
    ['k8s://ml-west//node/aks-gpu-1', /no workload/],
    ['ml-west/all/node:aks-gpu-1', /act on its node pool/],
    ['k8s://ml-west/search', /no workload/],
    ['ml-west/__idle__', /no workload uses/],
    ['ml-west/search/deployment/Not_A_Name', /a name that Kubernetes does not allow/],
    ['ml-west/../deployment:ranker', /a name that Kubernetes does not allow/],
  ])('%s', (id, why) => {
    expect(recogniseKubernetes(id, {})).toEqual({ known: false, why: expect.stringMatching(why) });
  });

  it.each([
    'arn:aws:batch:us-east-1:111122223333:job/bert',
    'arn:aws:glue:us-east-1:1:x/job/bert',
    'projects/p/locations/l/customJobs/7',
    '//aiplatform.googleapis.com/projects/p/locations/l/job/7',
    '/subscriptions/s/resourceGroups/g/providers/X/job/bert',
    'search/ranker',
    'i-0abc',
    '',
  ])('leaves %j to others', (id) => expect(recogniseKubernetes(id, {})).toBeUndefined());
});

it('answers whatever it is given with undefined, a sentence or names without slashes', () => {
  const id = fc.array(
    fc.oneof(
      fc.constantFrom('k8s://', 'ml', '/', ':', 'deployment', 'job', '__idle__', '..', '%2f', ' '),
      fc.string(),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(id, (pieces) => {
      const recognised = recogniseKubernetes(pieces.join(''), {});
      if (recognised === undefined) return true;
      if (!recognised.known) return /\.$/.test(recognised.why);
      return !recognised.ref.name.includes('/../') && !recognised.ref.parts.name?.includes('/');
    }),
  );
});
