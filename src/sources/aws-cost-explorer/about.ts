/** What people should know about AWS Cost Explorer before they connect it. */
import type { SourceFacts } from '../types.ts';

export const about: SourceFacts = {
  title: 'AWS Cost Explorer',
  schedule: '37 7 * * *',
  lagDays: 2,
  trailingDays: 5,
  monthFinalOnDay: 15,
  historyMonths: 13,
  chunkMonths: 3,
  requestPrice: '0.01',
  requestsPerDay: 100,
  notes: [
    'Lag: AWS refreshes at least once a day; a day is complete about two days later, and a month is final around the 15th of the next.',
    'Cost: $0.01 per request and page; failed ones are free. A poll with accounts, charge types and one tag takes 4 to 8 requests (about $2 a month), and 2 for evidence; `pennywatch poll` says how many it took.',
    'One request can group by two dimensions only. Pennywatch asks for service × account, then service × each tag, and with filters only for what these leave open; everything adds up to the first answer exactly.',
    'When the request budget is too small, totals are still complete; what has no tag or account for that reason is said.',
    'Tags must be activated as cost allocation tags in the management account; AWS does not fill in the days before.',
    'Models of other providers on Bedrock (Claude, Mistral, Cohere …) are billed through AWS Marketplace under their own names, not as Amazon Bedrock: ServiceName stays as billed, PublisherName is the provider, ServiceCategory is AI and Machine Learning.',
    'UnblendedCost becomes BilledCost, AmortizedCost becomes EffectiveCost; Cost Explorer has no list prices.',
  ],
  example: [
    'sources:',
    '  - kind: aws-cost-explorer',
    '    account: "111111111111"',
    '    tags: [team, model]',
    '',
  ].join('\n'),
  steps: [
    'In the management (payer) account, open Billing and Cost Management → Cost Explorer once, so that AWS prepares its data (up to 24 hours).',
    'Under Cost allocation tags, activate the tags that teams and models are found by.',
    'Run `pennywatch permissions aws-cost-explorer` and make an IAM policy of what it prints.',
    'Give the policy to the role Pennywatch runs as, or to a user with an access key.',
    'With an access key, set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` in the environment.',
    'From another account, make a role in the payer account and write its ARN as `roleArn` (several: `payers`).',
    'Write the entry under `sources:` in pennywatch.yaml, with `account` and `tags`.',
    'Run `pennywatch doctor`: it asks once, for $0.01.',
    'Run `pennywatch poll aws-cost-explorer`.',
  ],
  variables: {
    AWS_ACCESS_KEY_ID:
      'Id of the access key; without it, the SDK looks where it always does (profile, role of the machine).',
    AWS_SECRET_ACCESS_KEY: 'Secret access key.',
    AWS_SESSION_TOKEN: 'Session token of temporary credentials.',
    AWS_ENDPOINT_URL_COST_EXPLORER:
      'Another address of Cost Explorer, such as an emulator; AWS_ENDPOINT_URL for all of AWS.',
    AWS_ENDPOINT_URL_STS: 'Another address of STS, which is asked for roles.',
  },
};
