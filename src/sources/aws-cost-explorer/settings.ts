/** What can be written about AWS Cost Explorer under sources: in pennywatch.yaml. */
import * as z from 'zod';
import { field, listOf, mapping, name, names, oneOf, text } from '../../core/field.ts';
import { GROUPABLE, SERVICE } from './dimensions.ts';

const ACCOUNT = 'an AWS account id of 12 digits';
const ROLE = 'a role such as arn:aws:iam::111111111111:role/pennywatch';
const isAccount = (value: string) => /^\d{12}$/.test(value);
const isRole = (value: string) => /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(value);

const yesOrNo = (fallback: 'yes' | 'no') =>
  oneOf(['yes', 'no'])
    .default(fallback)
    .transform((word) => word === 'yes');
const metric = <const M extends readonly string[]>(words: M, fallback: M[number]) =>
  z.preprocess((value) => value ?? fallback, oneOf(words));
const variable = (fallback: string, meaning: string) =>
  field(
    name('the name of an environment variable', (value) => /^[A-Za-z_]\w*$/.test(value)).default(fallback),
    {
      type: 'text',
      meaning,
      fallback,
    },
  );
const distinct = (list: readonly string[]) => new Set(list).size === list.length;

const payer = mapping({
  name: field(name('text').optional(), { type: 'text', meaning: 'Name of the billing account.' }),
  account: field(text(ACCOUNT, isAccount).optional(), {
    type: 'text',
    meaning: 'Account id of the payer.',
    fallback: "the role's account",
  }),
  roleArn: field(text(ROLE, isRole), { type: 'text', meaning: 'Role that is assumed in the payer account.' }),
  externalId: field(name('text').optional(), {
    type: 'text',
    meaning: 'External id that the trust policy of the role asks for.',
  }),
});

export const AwsSettings = mapping({
  account: field(text(ACCOUNT, isAccount).optional(), {
    type: 'text',
    meaning: 'Account id of the payer (management account), shown as the billing account.',
    fallback: "what the credentials say, else the role's account, else aws-cost-explorer",
  }),
  accountName: field(name('text').optional(), { type: 'text', meaning: 'Name of the billing account.' }),
  roleArn: field(text(ROLE, isRole).optional(), {
    type: 'text',
    meaning: 'Role that is assumed to ask, when Pennywatch runs in another account.',
  }),
  externalId: field(name('text').optional(), {
    type: 'text',
    meaning: 'External id that the trust policy of the role asks for.',
  }),
  payers: field(
    listOf(payer, 'payers, each with roleArn').refine(
      (list) => distinct(list.map(({ roleArn }) => roleArn)),
      'payers with different roles',
    ),
    {
      type: 'list of payers',
      meaning:
        'Several payer accounts, each with roleArn and if need be name, account, externalId; asked one by one.',
      fallback: 'the account of the credentials',
    },
  ),
  dimensions: field(
    names('a list of dimensions')
      .refine((list) => list.every((each) => GROUPABLE.includes(each) && each !== SERVICE), {
        error: `dimensions out of ${GROUPABLE.filter((each) => each !== SERVICE).join(', ')}`,
      })
      .refine(distinct, { error: 'each dimension once' })
      .default(['LINKED_ACCOUNT', 'RECORD_TYPE']),
    {
      type: 'list of text',
      meaning: `What is asked for beside the service: ${GROUPABLE.filter((each) => each !== SERVICE).join(', ')}. Each costs at least one request more.`,
      fallback: 'LINKED_ACCOUNT, RECORD_TYPE',
    },
  ),
  tags: field(names('a list of tag keys').refine(distinct, { error: 'each tag key once' }).default([]), {
    type: 'list of text',
    meaning: 'Cost allocation tags that are asked for (activated in the billing console), spelled as in AWS.',
    fallback: 'none',
  }),
  costCategories: field(
    names('a list of names of cost categories')
      .refine(distinct, { error: 'each cost category once' })
      .default([]),
    {
      type: 'list of text',
      meaning: 'Cost categories that are asked for; kept as tags of that name.',
      fallback: 'none',
    },
  ),
  billedMetric: field(metric(['UnblendedCost', 'NetUnblendedCost', 'BlendedCost'], 'UnblendedCost'), {
    type: 'one of UnblendedCost, NetUnblendedCost, BlendedCost',
    meaning: 'What becomes BilledCost.',
    fallback: 'UnblendedCost',
  }),
  effectiveMetric: field(metric(['AmortizedCost', 'NetAmortizedCost'], 'AmortizedCost'), {
    type: 'one of AmortizedCost, NetAmortizedCost',
    meaning: 'What becomes EffectiveCost.',
    fallback: 'AmortizedCost',
  }),
  hourly: field(yesOrNo('no'), {
    type: 'yes or no',
    meaning:
      'Whether the newest days are also asked for by hour (switched on at AWS first); costs a request or more a day.',
    fallback: 'no',
  }),
  evidence: field(yesOrNo('yes'), {
    type: 'yes or no',
    meaning: "Whether AWS's own forecast and anomalies are read; costs two requests a day.",
    fallback: 'yes',
  }),
  region: field(name('an AWS region', (value) => /^[a-z0-9-]+$/.test(value)).default('us-east-1'), {
    type: 'text',
    meaning: 'Region that Cost Explorer is asked in; cn-northwest-1 in China.',
    fallback: 'us-east-1',
  }),
  accessKeyVariable: variable('AWS_ACCESS_KEY_ID', 'Variable that holds the id of the access key.'),
  secretKeyVariable: variable('AWS_SECRET_ACCESS_KEY', 'Variable that holds the secret access key.'),
  sessionTokenVariable: variable(
    'AWS_SESSION_TOKEN',
    'Variable that holds the session token, if there is one.',
  ),
}).refine(
  ({ payers, account, roleArn }) => payers.length === 0 || (account === undefined && roleArn === undefined),
  {
    error: 'either payers, or account and roleArn',
  },
);
export type AwsSettings = z.infer<typeof AwsSettings>;

/** An account whose bill is asked for. */
export interface Payer {
  readonly name: string | undefined;
  readonly account: string | undefined;
  readonly roleArn: string | undefined;
  readonly externalId: string | undefined;
}

export function payersOf(settings: AwsSettings): readonly Payer[] {
  const { account, accountName, roleArn, externalId, payers } = settings;
  if (payers.length === 0) return [{ name: accountName, account, roleArn, externalId }];
  return payers.map((each) => ({
    name: each.name,
    account: each.account,
    roleArn: each.roleArn,
    externalId: each.externalId,
  }));
}
