/** Direct and shared cost of an answer, in words. */
import type { CostAnswer } from '../../core/answer.ts';
import { divideRounded, MICROS_PER_UNIT } from '../../core/money.ts';
import { bold, type Span, text } from '../elements.ts';
import { formatMoney } from '../format.ts';

/** Amounts from here on are written without decimals. */
const WHOLE_FROM = 100n * MICROS_PER_UNIT;
/** Splits named on a side; more is noise. */
const NAMED = 3;

type Figure = Pick<CostAnswer, 'shared' | 'total' | 'currency' | 'by'>;

interface Share {
  readonly name: string;
  readonly cost: bigint;
}

/**
 * "$41,200 = $38,000 direct + $3,200 shared (shared platform $2,100, embeddings by requests $1,100)." What a pool
 * gave to others is taken off: "− $4,300 shared out (shared platform)". Undefined when nothing is shared.
 */
export function sharedSpans({ shared, total, currency, by }: Figure): Span[] | undefined {
  if (!shared || total === null || shared.direct === null || by === 'resource') return undefined;
  return [bold(formatMoney(total, currency)), text(` = ${sum(shared.direct, shared.bySplit, currency)}.`)];
}

/** Small print under single resources, which the bill knows only as they were before sharing. */
export function unsharedResourcesLine({ shared, total, currency, by }: Figure): string | undefined {
  if (by !== 'resource' || total === null || shared?.shared == null) return undefined;
  const after = formatMoney(total + shared.shared, currency);
  return `Single resources are shown as billed, before cost is shared. With it, it is ${after} = ${sum(total, shared.bySplit, currency)}.`;
}

function sum(
  direct: bigint,
  bySplit: readonly { readonly name: string; readonly cost: bigint | null }[],
  currency: string,
): string {
  const known = bySplit.flatMap(({ name, cost }) => (cost === null ? [] : [{ name, cost }]));
  const [first = direct, ...rest] = addingUp([direct, ...known.map(({ cost }) => cost)]);
  const shares = known.map(({ name }, index): Share => ({ name, cost: rest[index] ?? 0n }));
  const received = shares.filter(({ cost }) => cost >= 0n);
  const given = shares.flatMap(({ name, cost }) => (cost < 0n ? [{ name, cost: -cost }] : []));
  return [
    `${formatMoney(first, currency)} direct`,
    received.length > 0 ? ` + ${side(received, 'shared', currency)}` : '',
    given.length > 0 ? ` − ${side(given, 'shared out', currency)}` : '',
  ].join('');
}

function side(shares: readonly Share[], word: string, currency: string): string {
  const whole = shares.reduce((total, { cost }) => total + cost, 0n);
  const [only, ...others] = shares;
  const named = shares
    .slice(0, NAMED)
    .map(({ name, cost }) => `${name} ${formatMoney(cost, currency)}`)
    .join(', ');
  const rest = shares.slice(NAMED).reduce((total, { cost }) => total + cost, 0n);
  const more =
    shares.length > NAMED ? `, and ${shares.length - NAMED} more, ${formatMoney(rest, currency)}` : '';
  const names = only && others.length === 0 ? only.name : `${named}${more}`;
  return `${formatMoney(whole, currency)} ${word} (${names})`;
}

/** Amounts written without decimals, rounded so that what is shown adds up; smaller ones stay as they are. */
function addingUp(amounts: readonly bigint[]): bigint[] {
  if (amounts.some((amount) => amount !== 0n && amount < WHOLE_FROM && amount > -WHOLE_FROM))
    return [...amounts];
  let before = 0n;
  return amounts.map((amount) => {
    const shown = rounded(before + amount) - rounded(before);
    before += amount;
    return shown;
  });
}

function rounded(micros: bigint): bigint {
  return divideRounded(micros, MICROS_PER_UNIT) * MICROS_PER_UNIT;
}
