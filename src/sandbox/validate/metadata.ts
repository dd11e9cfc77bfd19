/** The metadata of a message: what Slack takes beside text and blocks. */
import { type Arguments, jsonArgument } from '../api/method.ts';
import { Refusal } from '../refusal.ts';
import { isRecord } from './rules.ts';

/** Slack names no number; a key or two is far below it. */
const MAX_BYTES = 8_000;

/** Undefined when there is none. Refuses what is no object, has no name or payload, nests too deep or is too large. */
export function readMetadata(args: Arguments): Record<string, unknown> | undefined {
  if (args.metadata === undefined || args.metadata === '') return undefined;
  const value = jsonArgument(args, 'metadata');
  if (!isRecord(value)) throw new Refusal('invalid_metadata_format');
  const { event_type, event_payload } = value;
  if (typeof event_type !== 'string' || !/^\w{1,255}$/.test(event_type) || !isRecord(event_payload))
    throw new Refusal('invalid_metadata_schema');
  if (!Object.values(event_payload).every(isField)) throw new Refusal('invalid_metadata_schema');
  if (JSON.stringify(value).length > MAX_BYTES) throw new Refusal('metadata_too_large');
  return value;
}

/** A plain value, an object of plain values, or a list of such objects. */
function isField(value: unknown): boolean {
  if (Array.isArray(value))
    return value.every((item) => isRecord(item) && Object.values(item).every(isPlain));
  return isRecord(value) ? Object.values(value).every(isPlain) : isPlain(value);
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
