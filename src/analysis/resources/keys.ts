/** Recognises what language models are paid by: projects, workspaces and keys, and what a webhook looks after. */
import type { Recognised, ResourceHints, ResourceRef } from '../../core/action.ts';
import { recogniseWebhook } from './webhook.ts';

export { webhookRef } from './webhook.ts';

const HASH_SHOWN = 8;
/** Of a vendor's ids: letters, digits, - and _, never a path. */
const ID = '[A-Za-z0-9_-]{1,120}';
const OPENAI_PROJECT = new RegExp(`^proj_${ID}$`);
const OPENAI_KEY = new RegExp(`^(?:(proj_${ID})/)?(key_${ID})$`);
const ANTHROPIC_WORKSPACE = new RegExp(`^wrkspc_${ID}$`);
const ANTHROPIC_KEY = new RegExp(`^(?:(wrkspc_${ID})/)?(apikey_${ID})$`);
const HASH = /^[0-9a-f]{64}$/i;
const HASH_START = /^[0-9a-f]{8,63}$/i;
/** A key itself, as it is sent with requests. */
const IN_CLEAR = /^(litellm:)?(alias\/)?sk-/i;

type Maker = (resourceId: string, hints: ResourceHints) => Recognised | undefined;

/** Undefined for an id of none of them. A key in clear is refused without being repeated. */
export function recogniseKey(resourceId: string, hints: ResourceHints): Recognised | undefined {
  const id = resourceId.trim();
  if (IN_CLEAR.test(id))
    return {
      known: false,
      why: 'That is an API key itself, which must not be written here: name it by its alias (litellm:alias/NAME) or its hash (litellm:HASH), and replace the key if others can read this.',
    };
  for (const make of [litellm, openai, anthropic, recogniseWebhook] satisfies Maker[]) {
    const recognised = make(id, hints);
    if (recognised) return recognised;
  }
  return undefined;
}

function litellm(id: string, hints: ResourceHints): Recognised | undefined {
  const said = /^litellm:(.+)$/is.exec(id)?.[1];
  const ref = (name: string, parts: Readonly<Record<string, string>>) =>
    known({ resourceId: id, provider: 'litellm', kind: 'litellm.key', name, account: '*', parts });
  if (said === undefined) {
    const mine = isOf(hints, /litellm/i) || (hints.provider === undefined && hints.service === undefined);
    return HASH.test(id) && mine ? ref(`${id.slice(0, HASH_SHOWN)}…`, { hash: id.toLowerCase() }) : undefined;
  }
  const alias = /^alias\/(.+)$/s.exec(said)?.[1];
  if (alias !== undefined) return ref(alias, { alias });
  if (HASH.test(said)) return ref(`${said.slice(0, HASH_SHOWN)}…`, { hash: said.toLowerCase() });
  if (HASH_START.test(said)) return ref(`${said.slice(0, HASH_SHOWN)}…`, { start: said.toLowerCase() });
  return {
    known: false,
    why: 'After "litellm:" comes the hash of a key (64 hexadecimal digits, or the first eight), or alias/ and its alias.',
  };
}

function openai(id: string, hints: ResourceHints): Recognised | undefined {
  if (!mayBe(hints, /openai|litellm/i)) return undefined;
  if (OPENAI_PROJECT.test(id))
    return known({
      resourceId: id,
      provider: 'openai',
      kind: 'openai.project',
      name: hints.name ?? id,
      account: id,
      parts: { project: id },
    });
  const [, said, key] = OPENAI_KEY.exec(id) ?? [];
  if (key === undefined) return undefined;
  const project = said ?? (OPENAI_PROJECT.test(hints.account ?? '') ? hints.account : undefined);
  return known({
    resourceId: id,
    provider: 'openai',
    kind: 'openai.key',
    name: hints.name ?? key,
    account: project ?? '*',
    parts: { key, ...(project !== undefined && { project }) },
  });
}

function anthropic(id: string, hints: ResourceHints): Recognised | undefined {
  if (!mayBe(hints, /anthropic|litellm/i)) return undefined;
  if (ANTHROPIC_WORKSPACE.test(id))
    return known({
      resourceId: id,
      provider: 'anthropic',
      kind: 'anthropic.workspace',
      name: hints.name ?? id,
      account: id,
      parts: { workspace: id },
    });
  const [, said, key] = ANTHROPIC_KEY.exec(id) ?? [];
  if (key === undefined) return undefined;
  const workspace = said ?? (ANTHROPIC_WORKSPACE.test(hints.account ?? '') ? hints.account : undefined);
  return known({
    resourceId: id,
    provider: 'anthropic',
    kind: 'anthropic.key',
    name: hints.name ?? key,
    account: workspace ?? '*',
    parts: { key, ...(workspace !== undefined && { workspace }) },
  });
}

/**
 * The ResourceId that charges without one stand for, by the tags their source gave them: LiteLLM's key, Anthropic's
 * workspace, OpenAI's project. Undefined when the tags name none.
 */
export function resourceOfTags(tags: Readonly<Record<string, string>>): string | undefined {
  const { litellm_key: key } = tags;
  if (key !== undefined && key !== '' && !IN_CLEAR.test(key))
    return /^[0-9a-f]{8}$/.test(key) ? `litellm:${key}` : `litellm:alias/${key}`;
  return tags.openai_project_id ?? tags.anthropic_workspace_id;
}

function known(ref: ResourceRef): Recognised {
  return { known: true, ref };
}

function isOf({ provider = '', service = '' }: ResourceHints, vendor: RegExp): boolean {
  return vendor.test(provider) || vendor.test(service);
}

/** Somebody else's id may look the same. */
function mayBe(hints: ResourceHints, vendor: RegExp): boolean {
  return hints.provider === undefined || isOf(hints, vendor);
}
