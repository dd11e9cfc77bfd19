/** Recognises the clouds' own bill formats, so that a refusal can say what to export instead. */
const FORMATS: readonly { readonly marks: readonly string[]; readonly advice: string }[] = [
  {
    marks: ['lineitem/unblendedcost', 'line_item_unblended_cost', 'identity/lineitemid'],
    advice:
      'This looks like a part of an AWS Cost and Usage Report, which can be read when it has the usage start date, line item type, currency code and unblended cost. Export these columns too, or create a data export of type "FOCUS with AWS columns" (Billing and Cost Management > Data Exports).',
  },
  {
    marks: ['costinbillingcurrency', 'pretaxcost', 'metercategory', 'metersubcategory'],
    advice:
      'This looks like an Azure actual or amortized cost export. Create an export of type "Cost and usage details (FOCUS)" in Cost Management and import that.',
  },
  {
    marks: ['service.description', 'sku.description', 'usage_start_time', 'invoice.month'],
    advice:
      'This looks like a Google Cloud standard billing export. Query the FOCUS view over it in BigQuery and export the result.',
  },
  {
    marks: ['lineitem/intervalusagestart', 'cost/mycost'],
    advice:
      'This looks like an Oracle Cloud cost report. Take the FOCUS report of the same day from the reporting bucket.',
  },
];

/** Advice for a known format that is not FOCUS; undefined for any other. */
export function foreignFormat(names: readonly string[]): string | undefined {
  const folded = new Set(names.map((name) => name.toLowerCase()));
  return FORMATS.find(({ marks }) => marks.some((mark) => folded.has(mark)))?.advice;
}
