/** Operations on AWS. */
import type { ProviderAction } from '../types.ts';
import { asgScaleToZero } from './asg-scale-to-zero.ts';
import { ec2Stop } from './ec2-stop.ts';
import { ecsScaleToZero } from './ecs-scale-to-zero.ts';
import { eksNodegroupScale } from './eks-nodegroup-scale.ts';
import { sagemakerActions } from './sagemaker-index.ts';

export const awsActions: readonly ProviderAction[] = [
  ec2Stop,
  asgScaleToZero,
  ecsScaleToZero,
  eksNodegroupScale,
  ...sagemakerActions,
];
