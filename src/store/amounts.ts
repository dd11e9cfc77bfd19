/** The amount columns that both layers of cost have: micros, and what rounding to micros left over. */
import type { BASES } from '../core/dimension.ts';

/** Order in which facts arrive: all micros, then all residues. */
const ORDER = [
  'billed',
  'effective',
  'list',
  'contracted',
] as const satisfies readonly (typeof BASES)[number][];

export const AMOUNTS: readonly string[] = [
  ...ORDER.map((basis) => `${basis}Micros`),
  ...ORDER.map((basis) => `${basis}Residue`),
];
