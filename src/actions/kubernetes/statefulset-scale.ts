/** StatefulSet to zero replicas and back. */
import { scaleToZero } from './scale-to-zero.ts';

export const statefulSetScale = scaleToZero({
  kind: 'statefulset',
  noun: 'StatefulSet',
  consequence:
    'Its pods end one after the other, the last one first; their volumes are kept and go on costing. The nodes they were on cost until the cluster gives them back or other work uses the room.',
  example: 'ml-west/search/statefulset:vector-index',
});
