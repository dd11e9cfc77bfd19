/** `pennywatch permissions actions`: what must be granted so that actions can be carried out, least privilege. */
import type { Command } from 'commander';
import { actions } from '../actions/registry.ts';
import { inspectConfig } from '../config.ts';
import { ACTION_PROVIDERS, type ActionAccount, type ActionProvider } from '../core/action.ts';
import { AppError } from '../core/errors.ts';
import { adminKeyGrant } from './permissions-admin-keys.ts';
import { awsGrant, type PolicyTag } from './permissions-aws.ts';
import { azureGrant } from './permissions-azure.ts';
import { gcpGrant } from './permissions-gcp.ts';
import { kubernetesGrant } from './permissions-kubernetes.ts';
import { type Grant, type Need, needsOf } from './permissions-needs.ts';
import { guarded, print, printJson } from './shell.ts';

interface ActionPermissionOptions {
  readonly provider?: string;
  readonly account?: string;
  readonly tag: string;
  readonly undo: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

export function registerActionPermissions(permissions: Command): void {
  permissions
    .command('actions')
    .description(
      'what must be granted so that actions can be carried out: policies limited by tag, roles, keys',
    )
    .option('--provider <name>', `only ${ACTION_PROVIDERS.join(', ')}; its document alone is on stdout`)
    .option('--account <id>', 'only this account of actions.accounts')
    .option('--tag <key=value>', 'AWS: tag of what may be changed', 'pennywatch:managed=true')
    .option('--no-undo', 'leave out what only undo needs')
    .option('--config <file>', 'configuration file (default: ./pennywatch.yaml if it exists)')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .action(guarded(run, (_, command: Command) => command.optsWithGlobals()));
}

async function run(_: unknown, command: Command): Promise<number> {
  const options = command.optsWithGlobals<ActionPermissionOptions>();
  const provider = options.provider === undefined ? undefined : providerOf(options.provider);
  const tag = tagOf(options.tag);
  // A mistake elsewhere in the file must not keep anybody from setting this up.
  const settings = inspectConfig({ file: options.config }).settings?.actions;
  const accounts = (settings?.accounts ?? []).filter(
    ({ account }) => options.account === undefined || account === options.account,
  );
  if (options.account !== undefined && accounts.length === 0)
    throw new AppError('INVALID', `No entry under actions.accounts is for "${options.account}".`);
  const all = (provider === undefined ? ACTION_PROVIDERS : [provider]).map((one) => {
    const needs = needsOf(actions, one, options);
    return {
      needs,
      grant: grantOf(one, needs, {
        accounts: accounts.filter((account) => account.provider === one),
        tag,
        protectTags: settings?.protectTags ?? ['pennywatch:protect'],
      }),
    };
  });
  if (options.json) printJson({ undo: options.undo, tag, providers: all.map(asJson) });
  else if (provider === undefined) print(list(all));
  else for (const { grant } of all) printGrant(grant);
  return 0;
}

interface GrantOptions {
  readonly accounts: readonly ActionAccount[];
  readonly tag: PolicyTag;
  readonly protectTags: readonly string[];
}

/** Everything to set up at a provider for these needs. */
export function grantOf(provider: ActionProvider, needs: readonly Need[], options: GrantOptions): Grant {
  const { accounts } = options;
  switch (provider) {
    case 'aws':
      return awsGrant(needs, options);
    case 'gcp':
      return gcpGrant(needs, accounts);
    case 'azure':
      return azureGrant(needs, accounts);
    case 'kubernetes':
      return kubernetesGrant(needs, accounts);
    case 'litellm':
    case 'openai':
    case 'anthropic':
    case 'webhook':
      return adminKeyGrant(provider, needs, accounts);
  }
}

/** The document alone on stdout, so that it can go straight into a file; what to do with it on stderr. */
function printGrant({ title, documents: [first, ...others], notes }: Grant): void {
  if (first) print(first.text);
  const rest = [
    ...others.map((document) => `${document.title}:\n${document.text.trimEnd()}`),
    `To know (${title}):\n${notes.map((note) => `- ${note}`).join('\n')}`,
  ];
  process.stderr.write(`\n${rest.join('\n\n')}\n`);
}

interface Granted {
  readonly needs: readonly Need[];
  readonly grant: Grant;
}

function asJson({ needs, grant }: Granted) {
  const [first] = grant.documents;
  return {
    ...grant,
    ...(first?.language === 'json' && { policy: JSON.parse(first.text) as unknown }),
    permissions: needs,
  };
}

function list(all: readonly Granted[]): string {
  const width = Math.max(...all.map(({ grant }) => grant.provider.length));
  const lines = all.map(({ grant, needs }) => {
    const permissions = new Set(needs.map(({ permission }) => permission)).size;
    const acting = new Set(needs.flatMap((need) => need.actions)).size;
    return `${grant.provider.padEnd(width)}  ${acting} ${acting === 1 ? 'action' : 'actions'}, ${permissions} ${
      permissions === 1 ? 'permission' : 'permissions'
    }: ${grant.documents[0]?.title ?? ''}`;
  });
  return [...lines, '', 'pennywatch permissions actions --provider NAME prints it.'].join('\n');
}

function providerOf(text: string): ActionProvider {
  const found = ACTION_PROVIDERS.find((one) => one === text.toLowerCase());
  if (found) return found;
  throw new AppError('INVALID', `There are no actions of "${text}".`, {
    hint: `Name one of ${ACTION_PROVIDERS.join(', ')}.`,
  });
}

/** As IAM allows tags: 128 and 256 characters, and no wildcards that would widen the condition. */
function tagOf(text: string): PolicyTag {
  const [, key, value] = /^([^=]{1,128})=([^=]{1,256})$/.exec(text) ?? [];
  if (key !== undefined && value !== undefined && /^[\p{L}\p{N}\s_.:/=+\-@]+$/u.test(key + value))
    return { key, value };
  throw new AppError('INVALID', `"${text.slice(0, 80)}" is no tag.`, {
    hint: 'Write it as KEY=VALUE, for example --tag pennywatch:managed=true.',
  });
}
