/** What a SKU is called, and which tokens of which language model it sells. */
import type { UsageMetric } from '../../core/usage.ts';

/** The columns by which a bill tells what was bought. */
export interface Sku {
  readonly service: string;
  readonly id: string | null;
  readonly meter: string | null;
  readonly description: string | null;
  /** Language model of the tag "model", where a source sets it. */
  readonly model: string | null;
}

/** Reads the key under which the store gives a SKU: JSON [service, id, meter, description, model]. */
export function parseSku(key: string | null): Sku {
  const cells: unknown = key === null ? [] : JSON.parse(key);
  const [service, id, meter, description, model] = Array.isArray(cells) ? cells.map(textOf) : [];
  return {
    service: service ?? '',
    id: id ?? null,
    meter: meter ?? null,
    description: description ?? null,
    model: model ?? null,
  };
}

function textOf(cell: unknown): string | null {
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : null;
}

/** A meter of one or two words without a number ("input", "cached input") says nothing without its model. */
const BARE = /^\p{L}+(?:[ _-]\p{L}+){0,3}$/u;

/** "ml.p4d.24xlarge training"; null when the bill does not say what was bought. */
export function skuLabel({ id, meter, description }: Sku): string | null {
  if (meter !== null && !(BARE.test(meter) && (description ?? id))) return meter;
  return description ?? id ?? meter;
}

export type TokenKind = Extract<UsageMetric, 'input_tokens' | 'output_tokens' | 'cached_tokens'>;

/** Words by which bills tell kinds of tokens apart, the narrower ones first. */
const KINDS: readonly (readonly [pattern: RegExp, kind: TokenKind])[] = [
  [/\bcache[ds]?[ _-]?(?:write|creation)/i, 'input_tokens'],
  [/\bcache[ds]?\b|\bcache[ _-]?(?:read|hit)|\bcached_/i, 'cached_tokens'],
  [/\boutput|\bcompletion/i, 'output_tokens'],
  [/\binput|\bprompt|\bembedding/i, 'input_tokens'],
];

const NOT_A_NAME =
  /[,|]|\b(?:global|regional|data ?zone|text|batch|flex|priority|standard|tokens?|cached?|cache|read|write|hit|creation|input|output|prompt|completion|usage|uncached)\b|_tokens?\b/gi;

export interface TokenSku {
  /** "gpt-4.1-2025-04-14"; empty when the bill does not say it. */
  readonly model: string;
  readonly kind: TokenKind;
}

/** Undefined for what is not sold by the token. "Claude Sonnet 4.5 cache read tokens" → that model, cached_tokens. */
export function tokenSku(sku: Sku): TokenSku | undefined {
  const said = [sku.meter, sku.description, sku.id].filter((text) => text !== null);
  const text = said.find((one) => KINDS.some(([pattern]) => pattern.test(one)));
  if (text === undefined || !sellsTokens(sku)) return undefined;
  const [, kind] = KINDS.find(([pattern]) => pattern.test(text)) ?? [];
  if (kind === undefined) return undefined;
  return { kind, model: isLanguageModel(sku.model) ? sku.model : nameIn(skuLabel(sku) ?? text) };
}

const LANGUAGE_MODEL =
  /\b(?:gpt|chatgpt|claude|gemini|gemma|llama|mistral|mixtral|nova|titan|command|deepseek|qwen|grok|o\d)\b|embedding/i;

/** "Data transfer, input" is no token. */
function sellsTokens({ meter, description, id, model }: Sku): boolean {
  const text = [meter, description, id].join(' ');
  return /token/i.test(text) || LANGUAGE_MODEL.test(text) || isLanguageModel(model);
}

/** The tag "model" also says whose model it is that something was bought for: that is no language model. */
function isLanguageModel(tag: string | null): tag is string {
  return tag !== null && LANGUAGE_MODEL.test(tag);
}

function nameIn(text: string): string {
  return text
    .replace(NOT_A_NAME, ' ')
    .replace(/[\s_-]+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Data that leaves the cloud, a region or a zone, as providers' bills call it. */
const EGRESS =
  /data ?transfer|egress|bandwidth|network(?:ing)? (?:data )?(?:out|traffic)|internet (?:data )?out|data out to|\bout-bytes\b|inter[- ]?(?:region|zone|az)\b|nat ?gateway (?:data|bytes)/i;

/** Whether it is data on its way out that is paid for. */
export function isEgress({ service, id, meter, description }: Sku): boolean {
  return [service, id, meter, description].some((text) => text !== null && EGRESS.test(text));
}
