/** What one row of the price table says. */

export type SourceName = 'aws' | 'gcp' | 'azure' | 'openai' | 'anthropic';

export interface Meter {
  readonly source: SourceName;
  readonly service: string;
  readonly category: string;
  readonly subcategory: string;
  /** What the row's description and SKU say, e.g. "ml.p4d.24xlarge training". */
  readonly item: string;
  readonly unit: string;
  /** List price per unit, in the source's currency. */
  readonly price: string;
  /** Which kind of resource it is used by; the provider's builder makes the id from it. */
  readonly resource: string;
  readonly publisher?: string;
  /** Usage behind one pricing unit, where the two differ (tokens). */
  readonly consumed?: { readonly unit: string; readonly perUnit: number };
}
