/** The least-privilege IAM policy for acting in AWS: what only looks, and what changes things that carry a tag. */
import type { ActionAccount } from '../core/action.ts';
import type { Grant, Need } from './permissions-needs.ts';

export interface PolicyTag {
  readonly key: string;
  readonly value: string;
}

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: '*' | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface AwsPolicyOptions {
  readonly accounts: readonly ActionAccount[];
  readonly tag: PolicyTag;
  /** Tags that protect a resource: a second wall, should anybody tag it both ways. */
  readonly protectTags: readonly string[];
}

/** The most that a managed policy holds, white space not counted. */
const LARGEST = 6_144;
/** Only while something is made: alone, it would let its holder tag anything as managed. */
const TAGS = 'sagemaker:AddTags';
const ANYWHERE = [{ account: '*', regions: [] }] as const;

export function awsGrant(needs: readonly Need[], options: AwsPolicyOptions): Grant {
  const { accounts, tag } = options;
  const policy = { Version: '2012-10-17', Statement: statements(needs, options) };
  const size = JSON.stringify(policy).length;
  const roles = accounts.flatMap(({ role }) => role ?? []);
  return {
    provider: 'aws',
    title: 'Amazon Web Services',
    documents: [
      { title: 'IAM policy', language: 'json', text: JSON.stringify(policy, null, 2) },
      ...(roles.length === 0
        ? []
        : [
            {
              title: 'Policy of the identity that Pennywatch runs as; the one above belongs to the roles',
              language: 'json' as const,
              text: JSON.stringify(
                {
                  Version: '2012-10-17',
                  Statement: [
                    { Sid: 'AssumeRoles', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: roles },
                  ],
                },
                null,
                2,
              ),
            },
          ]),
    ],
    notes: [
      `What may be stopped must carry the tag ${tag.key}=${tag.value}; another one: --tag KEY=VALUE.`,
      accounts.length === 0
        ? 'No entry under actions.accounts names an AWS account: put yours, and your regions, in place of * in the ARNs.'
        : 'Accounts and regions are those of actions.accounts.',
      ...(needs.some(({ for: stage, byTag }) => stage === 'undo' && !byTag)
        ? [
            'What undo makes anew has no tags yet, so those calls are limited by type only; --no-undo leaves them out.',
          ]
        : []),
      ...(needs.some(({ permission }) => permission === 'iam:PassRole')
        ? ['Put the names of the execution roles in place of role/* at iam:PassRole.']
        : []),
      ...(size > LARGEST
        ? [
            `The policy has ${size} characters, a managed policy holds ${LARGEST}: print it per account with --account.`,
          ]
        : []),
    ],
  };
}

/** One statement per service and kind of use. */
function statements(needs: readonly Need[], options: AwsPolicyOptions): Statement[] {
  const groups = new Map<string, Need[]>();
  for (const need of needs) {
    const key = sidOf(need);
    groups.set(key, [...(groups.get(key) ?? []), need]);
  }
  return [
    ...[...groups].map(([sid, group]) => statement(sid, group, needs, options)),
    ...options.protectTags.map((key, index) => protect(key, index, needs)),
  ];
}

function statement(
  Sid: string,
  group: readonly Need[],
  all: readonly Need[],
  { accounts, tag }: AwsPolicyOptions,
): Statement {
  const [first] = group;
  const resources = group.flatMap((need) => need.resources).flatMap((arn) => placed(arn, accounts));
  const condition = first?.byTag
    ? { [`aws:ResourceTag/${tag.key}`]: tag.value }
    : narrowed(first?.permission ?? '', group, all);
  return {
    Sid,
    Effect: 'Allow',
    Action: [...new Set(group.map(({ permission }) => permission))].sort(),
    Resource: resources.length === 0 ? '*' : [...new Set(resources)].sort(),
    ...(condition && { Condition: { StringEquals: condition } }),
  };
}

/** What would open a way around the tag by itself: handing on any role, and tagging anything as managed. */
function narrowed(
  permission: string,
  group: readonly Need[],
  all: readonly Need[],
): Readonly<Record<string, readonly string[]>> | undefined {
  switch (permission) {
    case 'iam:PassRole':
      return {
        'iam:PassedToService': servicesOf(makers(group, all)).map((service) => `${service}.amazonaws.com`),
      };
    case TAGS:
      return { 'sagemaker:TaggingAction': makers(group, all).map((one) => one.split(':')[1] ?? '') };
    default:
      return undefined;
  }
}

/** Even who tags it as managed cannot have it stopped; the tag counts unless it says "false" or "no", as everywhere. */
function protect(key: string, index: number, needs: readonly Need[]): Statement {
  const tag = `aws:ResourceTag/${key}`;
  return {
    Sid: `NeverProtected${index === 0 ? '' : index + 1}`,
    Effect: 'Deny',
    Action: [...new Set(needs.filter(({ byTag }) => byTag).map(({ permission }) => permission))].sort(),
    Resource: '*',
    Condition: { Null: { [tag]: 'false' }, StringNotEqualsIgnoreCase: { [tag]: ['false', 'no'] } },
  };
}

/** What the same actions call to make things anew. */
function makers(group: readonly Need[], all: readonly Need[]): string[] {
  const actions = new Set(group.flatMap((need) => need.actions));
  const made = all
    .filter((need) => need.for === 'undo' && need.actions.some((id) => actions.has(id)))
    .map(({ permission }) => permission)
    .filter((permission) => /:Create/.test(permission));
  return [...new Set(made)].sort();
}

function servicesOf(permissions: readonly string[]): string[] {
  return [...new Set(permissions.map((permission) => permission.split(':')[0] ?? ''))];
}

function sidOf({ permission, for: stage, byTag, resources }: Need): string {
  const service = permission.split(':')[0] ?? '';
  // Most of what only looks cannot be narrowed, whatever its service.
  if (stage === 'plan') return resources.length === 0 ? 'ReadAll' : `Read${named(service)}`;
  if (permission === TAGS) return 'BringBackTags';
  return `${byTag ? 'ChangeTagged' : 'BringBack'}${named(service)}${resources.length === 0 ? 'All' : ''}`;
}

function named(service: string): string {
  return service.replace(/[^a-z0-9]/gi, '').replace(/^./, (letter) => letter.toUpperCase());
}

/** "arn:aws:ec2:*:*:instance/*" in each account and region that is allowed. */
function placed(arn: string, accounts: readonly ActionAccount[]): string[] {
  const [head, partition = 'aws', service = '', region = '', account = '', ...rest] = arn.split(':');
  if (head !== 'arn') return [arn];
  const places = accounts.length === 0 ? ANYWHERE : accounts;
  return places.flatMap((place) => {
    const regions = region === '*' && place.regions.length > 0 ? place.regions : [region];
    return regions.map((one) =>
      [
        head,
        partition === 'aws' ? partitionOf(one, place.regions) : partition,
        service,
        one,
        account === '*' ? place.account : account,
        ...rest,
      ].join(':'),
    );
  });
}

function partitionOf(region: string, regions: readonly string[]): string {
  const one = region === '' || region === '*' ? (regions[0] ?? '') : region;
  if (one.startsWith('cn-')) return 'aws-cn';
  return one.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
