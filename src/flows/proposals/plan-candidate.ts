/** One resource on the way into a proposal: recognised, allowed, looked at live, and what would be done with it. */
import { randomUUID } from 'node:crypto';
import type { ActionInput, Planned, ProviderAction } from '../../actions/types.ts';
import { findAccount, webhookFor } from '../../analysis/policy/allow-list.ts';
import { environmentOf, tagged } from '../../analysis/policy/environment.ts';
import { protectedBy } from '../../analysis/policy/protected.ts';
import { webhookRef } from '../../analysis/resources/keys.ts';
import { recognise } from '../../analysis/resources/recognise.ts';
import type { ActionAccount, Recognised, ResourceRef } from '../../core/action.ts';
import { AppError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import type { Settings } from '../../core/settings.ts';
import type { ItemPlan, NewItem } from '../../store/proposals.ts';
import type { Candidate } from './candidates.ts';
import type { ActionParts } from './types.ts';

/** A look at one resource takes no longer, in milliseconds. */
const LOOK_TIME = 20_000;

export interface Wish {
  /** Id of an action instead of the usual one for the kind. */
  readonly action?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Never throws: what cannot be done is refused in words. */
export async function planCandidate(
  parts: ActionParts,
  settings: Settings,
  candidate: Candidate,
  wish: Wish = {},
  log?: Logger,
): Promise<NewItem> {
  const { accounts } = settings.actions;
  const found = find(candidate, accounts);
  const facts = itemFacts(candidate);
  if (!found.known) return { ...facts, state: 'refused', said: found.why };
  const { ref } = found;
  const known = { ...facts, ref, name: ref.name, provider: ref.provider, account: ref.account };
  const choice = chooseAction(parts.actions, ref, wish);
  if (!choice.action) return { ...known, state: 'refused', said: choice.why };
  const named = { ...known, action: choice.action.id, parameters: wish.parameters ?? {} };
  const wrong = inputRefusal(choice.action, { ref, parameters: named.parameters });
  if (wrong !== undefined) return { ...named, state: 'refused', said: wrong };
  const connection = findAccount(ref, accounts);
  if (!connection) return { ...named, state: 'refused', said: notAllowed(ref) };
  try {
    const signal = AbortSignal.timeout(LOOK_TIME);
    const planned = await choice.action.plan(parts.access(connection, signal), {
      ref,
      parameters: named.parameters,
    });
    return fromPlan(named, choice.action, planned, { candidate, settings });
  } catch (error) {
    if (!(error instanceof AppError))
      log?.error({ err: error, resource: ref.resourceId }, 'a resource could not be planned');
    return { ...named, state: 'refused', said: lookFailed(error) };
  }
}

function find(candidate: Candidate, accounts: readonly ActionAccount[]): Recognised {
  const { resourceId, provider, service, account, accountName, region, type } = candidate;
  // A project of language models is the account itself, and goes by its name.
  const name = candidate.name ?? (resourceId === account ? accountName : null);
  const webhook = webhookFor(resourceId, accounts);
  const taken = webhook && webhookRef(resourceId, webhook);
  if (taken) return { known: true, ref: taken };
  return recognise(resourceId, {
    ...(provider && { provider }),
    ...(service && { service }),
    ...(account !== null && { account }),
    ...(region !== null && { region }),
    ...(type !== null && { type }),
    ...(name !== null && { name }),
  });
}

type Chosen = { readonly action: ProviderAction } | { readonly action?: undefined; readonly why: string };

/**
 * Why an action does not take this resource with these parameters: what people type and what bills say reaches no provider
 * unchecked. Undefined when it does.
 */
export function inputRefusal(action: ProviderAction, input: ActionInput): string | undefined {
  const checked = action.input.safeParse(input);
  if (checked.success) return undefined;
  const wrong = checked.error.issues
    .slice(0, 3)
    .map(({ path, message }) => [path.slice(path[0] === 'parameters' ? 1 : 0).join('.'), message])
    .map((words) =>
      words
        .filter((word) => word !== '')
        .join(': ')
        .slice(0, 200),
    );
  return `${action.about.title} does not take it like this: ${wrong.join('; ')}.`;
}

/** The usual action for the kind, or the one that is wished. */
export function chooseAction(
  actions: readonly ProviderAction[],
  ref: ResourceRef,
  { action: wished }: Wish,
): Chosen {
  const fitting = actions.filter(({ about }) => about.kinds.includes(ref.kind));
  const action = wished === undefined ? fitting[0] : fitting.find(({ id }) => id === wished);
  if (action) return { action };
  if (fitting.length === 0) return { why: `Nothing can be done with ${ref.name} (${ref.kind}) from here.` };
  const others = fitting.map(({ id, about }) => `${id} (${about.title})`).join(', ');
  return { why: `${wished} is not for ${ref.name}; there are ${others}.` };
}

function itemFacts(candidate: Candidate): NewItem {
  const { resourceId, name, environment, perDayMicros } = candidate;
  return {
    resourceId,
    name: name ?? resourceId,
    parameters: {},
    ...(environment !== null && { environment }),
    ...(perDayMicros !== undefined && { costMicros: perDayMicros }),
    // Unless told: those that rose are chosen, the others are offered.
    state: candidate.rose ? 'planned' : 'skipped',
    key: randomUUID(),
  };
}

function fromPlan(
  item: NewItem,
  action: ProviderAction,
  planned: Planned,
  { candidate, settings }: { readonly candidate: Candidate; readonly settings: Settings },
): NewItem {
  const tags = { ...tagsOf(candidate), ...planned.live?.tags };
  const environment = environmentOf(tags, candidate.environment ?? undefined, settings);
  const { perDayMicros } = candidate;
  const saves =
    perDayMicros === undefined || planned.already
      ? undefined
      : (perDayMicros * BigInt(planned.savesPercent ?? action.about.savesPercent)) / 100n;
  const whole: NewItem = {
    ...item,
    plan: { ...itemPlan(action, planned), teams: teamsOfResource(tags, candidate, settings) },
    before: planned.before,
    ...(environment !== undefined && { environment }),
    ...(saves !== undefined && { savingMicros: saves }),
  };
  const refusal = planned.refusal ?? (planned.already ? alreadySo(item, planned) : undefined);
  const guard = protectedBy(tags, settings.actions.protectTags);
  if (guard !== undefined)
    return {
      ...whole,
      state: 'refused',
      said: `${item.name} is protected by its tag "${guard.slice(0, 60)}".`,
    };
  return refusal === undefined ? whole : { ...whole, state: 'refused', said: refusal };
}

/** By its tags and by the bill; what no team of the settings is called counts as nobody's. */
function teamsOfResource(
  tags: Readonly<Record<string, string>>,
  { team }: Candidate,
  settings: Settings,
): string[] {
  const known = new Set(settings.teams.map(({ name }) => name));
  return [...new Set([tagged(tags, 'team', settings), team ?? undefined])].flatMap((one) =>
    one !== undefined && known.has(one) ? [one] : [],
  );
}

/** What people are shown, and what is compared with the live state when it is run. */
export function itemPlan(action: ProviderAction, planned: Planned): ItemPlan {
  const { live, calls, effect, already } = planned;
  return {
    ...(live && { state: live.state }),
    ...(live?.createdAt && { createdAt: live.createdAt.getTime() }),
    tags: live?.tags ?? {},
    details: live?.details ?? [],
    calls,
    effect,
    ...(already && { already }),
    reversible: canBeUndone(action, planned.before),
    risk: planned.risk ?? action.about.risk,
    past: action.about.past,
    verb: action.about.verb,
  };
}

function alreadySo({ name }: NewItem, { live }: Planned): string {
  return live ? `${name} is ${live.state} already.` : `${name} is gone already.`;
}

/** An action may have a way back that this one resource has not: nothing was there to be remembered. */
export function canBeUndone(
  action: Pick<ProviderAction, 'undo'> | undefined,
  before: Readonly<Record<string, unknown>> | undefined,
): boolean {
  return action?.undo !== undefined && before !== undefined && Object.keys(before).length > 0;
}

/** Tags on the newest charge. */
function tagsOf({ tags }: Candidate): Record<string, string> {
  const parsed: unknown = tags === null ? {} : JSON.parse(tags);
  if (typeof parsed !== 'object' || parsed === null) return {};
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
}

export function notAllowed({ provider, account, region, parts }: ResourceRef): string {
  const where = [account, parts.namespace ?? region].filter(Boolean).join(', ');
  return `Actions are not allowed there (${provider}, ${where}): an admin can add it under actions.accounts in pennywatch.yaml.`;
}

function lookFailed(error: unknown): string {
  if (error instanceof AppError) return error.hint ? `${error.message} ${error.hint}` : error.message;
  return error instanceof Error && error.name === 'TimeoutError'
    ? 'The provider did not answer in 20 seconds, so nothing is known of it now.'
    : 'It could not be looked at: the provider gave no answer that could be read.';
}
