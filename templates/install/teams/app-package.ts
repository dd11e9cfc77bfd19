/** The app package as Teams takes it: the manifest with an organisation's own values in it, and two icons, zipped. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

export interface PackageValues {
  /** Application (client) ID of the Azure Bot. */
  readonly appId: string;
  /** What people call it, and what they mention. */
  readonly name: string;
  /** Host of the server. */
  readonly domain: string;
  /** Where its people can read about it: support, privacy, terms of use. */
  readonly website: string;
  /** Whether it asks to read messages, to find its own when posting was cut off. */
  readonly reading: boolean;
}

/** A value that cannot go into a package, in words for whoever gave it. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}

const FILES = import.meta.dirname;
/** What an admin and the owners of a team read about the permissions to read messages. */
const READING = [
  ' Owners of a team or chat are asked to let it read messages there.',
  'It needs that for one thing: when the delivery of one of its own messages was cut off,',
  'it looks through the newest messages for its own, so as not to post it twice.',
  'Microsoft Teams then also sends it messages that do not mention it: it ignores them and keeps nothing of them.',
].join(' ');
/** Zip entries carry a time; with this one the same values give the same bytes. Years before 1980 do not exist there. */
const TIME = new Date(2026, 0, 1);

/** The zip. Throws PackageError for a value that is not real. */
export function packageApp(given: PackageValues): Uint8Array {
  const manifest = new TextEncoder().encode(`${JSON.stringify(fillManifest(given), null, 2)}\n`);
  const icon = (name: string) => new Uint8Array(readFileSync(join(FILES, name)));
  return zipSync(
    { 'manifest.json': manifest, 'color.png': icon('color.png'), 'outline.png': icon('outline.png') },
    { mtime: TIME },
  );
}

/** The manifest. Throws PackageError for a value that is not real. */
export function fillManifest(given: PackageValues): Record<string, unknown> {
  const values: Readonly<Record<string, string>> = {
    APP_ID: checkedId(given.appId),
    NAME: checkedName(given.name),
    DOMAIN: checkedDomain(given.domain),
    WEBSITE: checkedWebsite(given.website),
    READING: given.reading ? READING : '',
  };
  const template = JSON.parse(readFileSync(join(FILES, 'manifest.json'), 'utf8'));
  const { webApplicationInfo, authorization, ...rest } = fill(template, values) as Record<string, unknown>;
  return given.reading ? { ...rest, webApplicationInfo, authorization } : rest;
}

function fill(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const found = values[key];
      if (found === undefined)
        throw new PackageError(`manifest.json asks for {{${key}}}, which nobody gives.`);
      return found;
    });
  if (Array.isArray(value)) return value.map((item) => fill(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, values)]));
}

function checkedId(text: string): string {
  const id = text.trim().toLowerCase();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new PackageError(
      `--app-id: found "${text}", expected the Application (client) ID of the Azure Bot, such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.`,
    );
  if (new Set(id.replaceAll('-', '')).size < 4)
    throw new PackageError(`--app-id: "${text}" stands for an id; give that of your Azure Bot.`);
  return id;
}

function checkedName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 30 || /[\p{Cc}<>{}@]/u.test(name))
    throw new PackageError(
      `--name: found "${text}", expected 1 to 30 characters without < > { } @, such as Pennywatch.`,
    );
  return name;
}

function checkedDomain(text: string): string {
  const address = text.includes('://') ? text.trim() : `https://${text.trim()}`;
  if (!URL.canParse(address)) throw notADomain(text);
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' || !/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+$/.test(hostname))
    throw notADomain(text);
  refuseExample('--domain', hostname);
  return hostname;
}

function notADomain(text: string): PackageError {
  return new PackageError(
    `--domain: found "${text}", expected the public host of your server, as in its messaging endpoint https://HOST/api/messages.`,
  );
}

function checkedWebsite(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.username !== '' || text.length > 2048)
    throw new PackageError(`--website: found "${text}", expected an https address.`);
  refuseExample('--website', url.hostname);
  return url.href;
}

/** Names that are set aside for examples (RFC 2606, RFC 6761). */
function refuseExample(option: string, host: string): void {
  if (/(^|\.)(example(\.(com|net|org))?|test|invalid|localhost|local)$/.test(host))
    throw new PackageError(`${option}: "${host}" stands for a host; give that of your server.`);
}
