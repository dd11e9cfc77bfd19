/** Which connectors may be sent our token: Microsoft's, and one on this machine where the token is worthless elsewhere. */
import type { TeamsConfig } from './config.ts';
import { isLoopbackHost } from './loopback.ts';

/**
 * Hosts of the Bot Connector: commercial and government community clouds. Names end where they are written; a
 * whole zone such as trafficmanager.net is not here because anybody can rent a name in it.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
 */
const HOSTS = ['smba.trafficmanager.net'];
const ZONES = ['.botframework.com', '.teams.microsoft.com'];
const LONGEST = 500;

/** Where the connector may be: at Microsoft, on this machine, or either. */
export type ServicePlace = 'microsoft' | 'here' | 'either';

/** On this machine where nothing is proven; also there where the tokens come from this machine (tests). */
export function servicePlace({ local, endpoints }: Pick<TeamsConfig, 'local' | 'endpoints'>): ServicePlace {
  if (local) return 'here';
  return endpoints?.login && isLoopbackHost(new URL(endpoints.login).hostname) ? 'either' : 'microsoft';
}

/** Whether a message (with our token) may be sent to this address. */
export function isServiceUrl(address: string, place: ServicePlace): boolean {
  if (address.length > LONGEST || !URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password, search, hash } = new URL(address);
  if (username || password || search || hash) return false;
  if (isLoopbackHost(hostname)) return place !== 'microsoft' && /^https?:$/.test(protocol);
  if (place === 'here' || protocol !== 'https:' || port) return false;
  return HOSTS.includes(hostname) || ZONES.some((zone) => hostname.endsWith(zone));
}

/** Without "/" at the end, as the addresses of this folder are kept. */
export function withoutSlash(address: string): string {
  let end = address.length;
  while (end > 0 && address[end - 1] === '/') end -= 1;
  return address.slice(0, end);
}
