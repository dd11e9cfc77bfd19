/** `pennywatch permissions actions`: what it prints for each provider, and that no action's permission is left out. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { actions } from '../../src/actions/registry.ts';
import { ACTION_PROVIDERS } from '../../src/core/action.ts';
import { runCli } from './run-cli.ts';

const dir = mkdtempSync(join(tmpdir(), 'pennywatch-permissions-'));
const config = join(dir, 'pennywatch.yaml');
writeFileSync(
  config,
  `actions:
  protectTags: [pennywatch:protect, keep]
  accounts:
    - provider: aws
      account: "111122223333"
      regions: [us-east-1, eu-west-1]
      role: arn:aws:iam::111122223333:role/pennywatch
    - provider: aws
      account: "444455556666"
    - provider: gcp
      account: lumen-ml
    - provider: azure
      account: 9f1c2d3e-0000-4000-8000-000000000001
    - provider: kubernetes
      account: ml
      namespaces: [search, ads]
    - provider: litellm
      endpoint: https://litellm.lumen.example
      keyVariable: PROXY_KEY
`,
);
afterAll(() => rmSync(dir, { recursive: true }));

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

async function policy(...args: string[]): Promise<readonly Statement[]> {
  const { stdout, status } = await runCli(['permissions', 'actions', '--provider', 'aws', ...args]);
  expect(status).toBe(0);
  const document = JSON.parse(stdout);
  expect(document.Version).toBe('2012-10-17');
  return document.Statement;
}

const granted = (statements: readonly Statement[]) =>
  statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);

describe('every provider', () => {
  it.each(ACTION_PROVIDERS)('%s: no permission of an action is missing', async (provider) => {
    const { stdout, stderr, status } = await runCli(['permissions', 'actions', '--provider', provider]);
    expect(status).toBe(0);
    const own = actions.filter(({ about }) => about.provider === provider);
    expect(own.length).toBeGreaterThan(0);
    const text = `${stdout}\n${stderr}`;
    const missing = own
      .flatMap(({ about }) => about.permissions)
      .filter(({ permission }) => {
        // Kubernetes writes verb, group and resource apart.
        const words = provider === 'kubernetes' ? permission.split(' ') : [permission];
        return !words.every((word) => text.includes(word));
      });
    expect(missing).toEqual([]);
  });

  it('says in one document what each needs, and why', async () => {
    const run = await runCli(['permissions', 'actions', '--json', '--config', config]);
    const { providers, tag, undo } = run.json();
    expect(run.stderr).toBe('');
    expect({ tag, undo }).toEqual({ tag: { key: 'pennywatch:managed', value: 'true' }, undo: true });
    expect(providers.map((one: { provider: string }) => one.provider)).toEqual([...ACTION_PROVIDERS]);
    for (const { documents, permissions } of providers) {
      expect(documents.length).toBeGreaterThan(0);
      for (const need of permissions) expect(need.actions.length).toBeGreaterThan(0);
    }
    expect(providers[0].policy.Statement.length).toBeGreaterThan(2);
  });

  it('lists what there is, and refuses what there is not', async () => {
    expect((await runCli(['permissions', 'actions'])).stdout).toMatch(/^aws +\d+ actions, \d+ permissions: /);
    const unknown = await runCli(['permissions', 'actions', '--provider', 'ibm']);
    expect(unknown).toMatchObject({ status: 2, stdout: '' });
    expect(unknown.stderr).toContain('Name one of aws, gcp');
    const account = await runCli(['permissions', 'actions', '--account', '999', '--config', config]);
    expect(account.status).toBe(2);
  });

  it('leaves the sources as they were', async () => {
    expect((await runCli(['permissions', 'openai'])).stdout).toContain('Usage: Read');
    expect((await runCli(['permissions'])).stdout).toContain('permissions actions');
  });
});

describe('the IAM policy', () => {
  it('changes only what carries the tag, and never what is protected', async () => {
    const statements = await policy('--config', config);
    const changing = statements.filter(({ Sid }) => Sid.startsWith('ChangeTagged'));
    expect(granted(changing)).toEqual(expect.arrayContaining(['ec2:StopInstances', 'ecs:UpdateService']));
    for (const { Condition, Resource } of changing) {
      expect(Condition).toEqual({ StringEquals: { 'aws:ResourceTag/pennywatch:managed': 'true' } });
      expect(Resource).not.toBe('*');
    }
    const tagged = new Set(changing.flatMap(({ Action }) => Action));
    const untagged = statements.filter(
      ({ Effect, Sid }) => Effect === 'Allow' && !Sid.startsWith('ChangeTagged'),
    );
    expect(granted(untagged).filter((action) => tagged.has(action))).toEqual([]);
    const denied = statements.filter(({ Effect }) => Effect === 'Deny');
    expect(denied.map(({ Condition }) => Object.keys(Condition?.Null ?? {}))).toEqual([
      ['aws:ResourceTag/pennywatch:protect'],
      ['aws:ResourceTag/keep'],
    ]);
    for (const { Action } of denied) expect([...Action].sort()).toEqual([...tagged].sort());
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
    for (const { Sid } of statements) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
  });

  it('reads only with what looks', async () => {
    const statements = await policy();
    const reading = statements.filter(({ Sid }) => Sid.startsWith('Read'));
    expect(granted(reading).filter((action) => !/:(Describe|List|Get)/.test(action))).toEqual([]);
  });

  it('names the accounts and regions that are allowed', async () => {
    const statements = await policy('--config', config);
    const stop = statements.find(({ Action }) => Action.includes('ec2:StopInstances'));
    expect(stop?.Resource).toEqual([
      'arn:aws:ec2:*:444455556666:instance/*',
      'arn:aws:ec2:eu-west-1:111122223333:instance/*',
      'arn:aws:ec2:us-east-1:111122223333:instance/*',
    ]);
    const one = await policy('--config', config, '--account', '444455556666');
    expect(JSON.stringify(one)).not.toContain('111122223333');
  });

  it('opens no way around the tag', async () => {
    const statements = await policy();
    const tags = statements.filter(({ Action }) =>
      Action.some((action) => /Tags?$/.test(action) && !/:List/.test(action)),
    );
    for (const { Condition } of tags)
      expect(Condition?.StringEquals).toHaveProperty('sagemaker:TaggingAction');
    const passing = statements.find(({ Action }) => Action.includes('iam:PassRole'));
    expect(passing?.Condition?.StringEquals).toEqual({ 'iam:PassedToService': ['sagemaker.amazonaws.com'] });
    expect(passing?.Action).toEqual(['iam:PassRole']);
  });

  it('takes another tag, and leaves undo out when told so', async () => {
    const statements = await policy('--tag', 'team=ml', '--no-undo');
    expect(JSON.stringify(statements)).toContain('"aws:ResourceTag/team":"ml"');
    expect(granted(statements)).not.toContain('ec2:StartInstances');
    expect(granted(statements)).not.toContain('iam:PassRole');
    expect(granted(statements)).toContain('ec2:StopInstances');
  });

  it.each(['managed', '=true', 'a=', 'a=*', 'a?=b', 'a=$b'])('refuses the tag "%s"', async (tag) => {
    const { status, stdout } = await runCli(['permissions', 'actions', '--provider', 'aws', '--tag', tag]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('roles of the others', () => {
  const read = async (provider: string) =>
    runCli(['permissions', 'actions', '--provider', provider, '--config', config]);

  it('GCP: a custom role without acting as others', async () => {
    const { stdout, stderr } = await read('gcp');
    const [document] = parseAllDocuments(stdout);
    const role = document?.toJS();
    expect(role.includedPermissions).toContain('compute.instances.stop');
    expect(role.includedPermissions).not.toContain('iam.serviceAccounts.actAs');
    expect(stderr).toContain('gcloud iam roles create pennywatchActions --project=lumen-ml');
    expect(stderr).toContain('--role=roles/iam.serviceAccountUser');
  });

  it('Azure: a custom role for the subscriptions that are allowed', async () => {
    const { stdout, stderr } = await read('azure');
    expect(JSON.parse(stdout)).toMatchObject({
      IsCustom: true,
      Actions: expect.arrayContaining(['Microsoft.Compute/virtualMachines/deallocate/action']),
      AssignableScopes: ['/subscriptions/9f1c2d3e-0000-4000-8000-000000000001'],
    });
    expect(stderr).toContain('az role assignment create');
  });

  it('Kubernetes: a role and its binding in each namespace', async () => {
    const manifests = parseAllDocuments((await read('kubernetes')).stdout).map((document) => document.toJS());
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
      'Role search',
      'RoleBinding search',
      'Role ads',
      'RoleBinding ads',
    ]);
    expect(manifests[0].rules).toContainEqual({
      apiGroups: ['apps'],
      resources: ['deployments/scale', 'statefulsets/scale'],
      verbs: ['patch'],
    });
    expect(manifests[0].rules.flatMap(({ verbs }: { verbs: string[] }) => verbs)).not.toContain('*');
  });

  it('names the variable of the settings', async () =>
    expect((await read('litellm')).stdout).toMatch(/^PROXY_KEY: .*proxy_admin/));
});
