/** Words of the detection benchmark. */
import type { Grain, Series } from '../../../src/core/series.ts';

/** What goes wrong in it. */
export const KINDS = ['spike', 'step', 'ramp', 'runaway', 'rate', 'drop'] as const;
export type Kind = (typeof KINDS)[number];

/** How far it stands out of the series' own noise and level; the numbers are in magnitudes.ts. */
export const EFFORTS = ['clear', 'medium', 'hard'] as const;
export type Effort = (typeof EFFORTS)[number];

/** Steps from first to last, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Something a careful person on call wants to be told of while it lasts (first to last). */
export interface Incident extends Span {
  readonly kind: Kind;
  readonly effort: Effort;
  /** Money per step that was added, or taken away by a drop, at its height. */
  readonly amount: number;
}

export interface LabelledSeries {
  /** E.g. 'weekday-traffic-07'. */
  readonly id: string;
  readonly shape: string;
  readonly series: Series;
  readonly incidents: readonly Incident[];
  /** Steps at which nobody would blame either an alarm or silence, e.g. the first days of a launch. */
  readonly shrugs: readonly Span[];
}

/** A series as its shape makes it, before anything goes wrong in it. */
export interface Drawn {
  /** What is spent usually, without noise. */
  readonly usual: Float64Array;
  /** Noise: what `usual` is multiplied with. */
  readonly factors: Float64Array;
  /** A third of what the noise reaches once in 200 steps, as a share of the level (2.576 parts of normal noise). */
  readonly reach: number;
  readonly shrugs?: readonly Span[];
  /** 1 where the bill is missing. */
  readonly missing?: Uint8Array;
  /** Money that is added after the noise, e.g. credits (negative). */
  readonly besides?: Float64Array;
  /** Incidents fit between these steps only. */
  readonly room?: Span;
  /** What steps up in it never comes back. */
  readonly stays?: boolean;
  /** Set for series of bursts: what a burst costs usually, and how many steps the longest takes. */
  readonly burst?: { readonly height: number; readonly longest: number };
}

export interface Shape {
  readonly name: string;
  readonly grain: Grain;
  /** Fewest and most steps. */
  readonly steps: readonly [number, number];
  /** What can go wrong in it, in turn; empty: nothing that anybody would want to hear of. */
  readonly kinds: readonly Kind[];
  /** Never without an incident. */
  readonly always?: boolean;
  draw(ask: DrawRequest): Drawn;
}

export interface DrawRequest {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly length: number;
}

/** Where each step lies. */
export interface Calendar {
  readonly start: string;
  /** 0–23; 0 for days. */
  readonly hour: Uint8Array;
  /** Monday is 1, Sunday 7. */
  readonly weekday: Uint8Array;
  readonly dayOfMonth: Uint8Array;
  readonly daysInMonth: Uint8Array;
  /** 'MM-DD' of each step. */
  readonly monthDay: readonly string[];
}

export interface Random {
  /** 0 ≤ x < 1. */
  unit(): number;
  between(min: number, max: number): number;
  /** Between both, evenly on a logarithmic scale: for amounts of money. */
  spread(min: number, max: number): number;
  /** Whole number, both ends included. */
  whole(min: number, max: number): number;
  normal(): number;
  chance(share: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}
