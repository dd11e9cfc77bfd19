/** The least that AWS has to grant. */
import type { Permissions } from '../types.ts';
import { type AwsSettings, payersOf } from './settings.ts';

const PRINCIPAL = 'arn:aws:iam::222222222222:role/PENNYWATCH-RUNS-AS';

/** The policy of the calls that are made, and with roles who may assume them. */
export function permissionsOf(settings: AwsSettings | undefined): Permissions {
  const actions = [
    'ce:GetCostAndUsage',
    ...((settings?.evidence ?? true) ? ['ce:GetCostForecast', 'ce:GetAnomalies'] : []),
  ];
  const roles = settings ? payersOf(settings).filter(({ roleArn }) => roleArn !== undefined) : [];
  const policy = {
    title: 'IAM policy of the user or role that asks, in the management (payer) account',
    language: 'json' as const,
    text: json([{ Sid: 'ReadCosts', Effect: 'Allow', Action: actions, Resource: '*' }]),
  };
  if (roles.length === 0)
    return {
      summary: 'Read-only access to the figures of Cost Explorer; no resources, no changes.',
      documents: [policy],
    };
  return {
    summary:
      'Read-only access to the figures of Cost Explorer through a role in each payer account; no resources, no changes.',
    documents: [
      policy,
      ...roles.map(({ roleArn, externalId }) => ({
        title: `Trust policy of ${roleArn}`,
        language: 'json' as const,
        text: json([
          {
            Effect: 'Allow',
            Principal: { AWS: PRINCIPAL },
            Action: 'sts:AssumeRole',
            ...(externalId !== undefined && {
              Condition: { StringEquals: { 'sts:ExternalId': externalId } },
            }),
          },
        ]),
      })),
      {
        title: 'IAM policy of what Pennywatch runs as',
        language: 'json',
        text: json([
          {
            Sid: 'AssumePayers',
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Resource: roles.map((role) => role.roleArn),
          },
        ]),
      },
    ],
  };
}

function json(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}
