/** The old place of a word that budgets still read from here. */
export type { DayCost } from './day-cost.ts';
