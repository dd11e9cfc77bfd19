/** Small yes-or-no questions about texts in the configuration. */
import { isDay } from '../core/day.ts';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** A zone that this runtime can compute days in. */
export function isTimeZone(text: string): boolean {
  try {
    // Offsets such as "+01:00" are accepted by Intl but know no daylight saving: not what a person means.
    return /^[A-Za-z]/.test(text) && new Intl.DateTimeFormat('en', { timeZone: text }).format(0) !== '';
  } catch {
    return false;
  }
}

export function isCurrency(text: string): boolean {
  return CURRENCIES.has(text.toUpperCase());
}

/** A currency of a bill: ISO, or the name of a vendor's own unit ("Credits"), which is longer than three letters. */
export function isBillCurrency(text: string): boolean {
  return isCurrency(text) || /^\p{L}[\p{L}\p{N} _.-]{3,39}$/u.test(text);
}

/** ISO codes in upper case; other units as written. */
export function currencyCode(text: string): string {
  return isCurrency(text) ? text.toUpperCase() : text;
}

export function isDate(text: string): boolean {
  return isDay(text);
}

export function isPositiveDecimal(text: string): boolean {
  return /^\d{1,12}(\.\d{1,18})?$/.test(text) && /[1-9]/.test(text);
}

export function isPositiveAmount(text: string): boolean {
  return /^\d{1,12}(\.\d{1,6}0*)?$/.test(text) && /[1-9]/.test(text);
}

export function isEmail(text: string): boolean {
  return /^[^\s@<>|]+@[^\s@<>|]+$/.test(text);
}

export function isSlackUser(text: string): boolean {
  return /^[UW][A-Z0-9]{2,}$/.test(text);
}

export function isSlackChannel(text: string): boolean {
  return /^[CG][A-Z0-9]{2,}$/.test(text);
}

/** The object id of a person in Microsoft Entra ID. */
export function isEntraId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** A channel (…@thread.tacv2, older ones …@thread.skype) or a group chat (…@thread.v2). */
export function isTeamsChannel(text: string): boolean {
  return /^19:[\w.-]+@thread\.(tacv2|skype|v2)$/.test(text);
}

/** A user group as people write it: "@ml-leads". */
export function isGroup(text: string): boolean {
  return /^@[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(text);
}
