/** Deployment to zero replicas and back. */
import { scaleToZero } from './scale-to-zero.ts';

export const deploymentScale = scaleToZero({
  kind: 'deployment',
  noun: 'Deployment',
  consequence:
    'All its pods end and nothing answers behind its service until it is scaled back. The nodes they were on cost until the cluster gives them back or other work uses the room; volumes go on costing.',
  example: 'k8s://ml-west/search/deployment/ranker-v3',
});
