/** Tables and native charts. */

import { richText } from './rich-text.ts';
import {
  boolean,
  byType,
  isRecord,
  list,
  number,
  object,
  oneOf,
  optional,
  type Rule,
  required,
  string,
  uniqueBy,
} from './rules.ts';
import { typeField } from './text.ts';

const cell: Rule = byType({
  raw_text: object({ type: typeField, text: required(string(10_000)) }),
  raw_number: object({ type: typeField, value: required(number), text: required(string(1000)) }),
  rich_text: richText,
});

const sameLength: Rule = (value, at) => {
  if (!Array.isArray(value)) return;
  const width = Array.isArray(value[0]) ? value[0].length : 0;
  value.forEach((row, index) => {
    if (Array.isArray(row) && row.length !== width)
      at.child(index).report('all rows must have the same length');
  });
};

const both =
  (...rules: readonly Rule[]): Rule =>
  (value, at) => {
    for (const rule of rules) rule(value, at);
  };

const columnSetting: Rule = (value, at) => {
  if (value === null) return;
  object({ align: optional(oneOf('left', 'center', 'right')), is_wrapped: optional(boolean) })(value, at);
};

export const table: Rule = object({
  type: typeField,
  block_id: optional(string(255)),
  rows: required(both(list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }), sameLength)),
  column_settings: optional(list(columnSetting, { max: 20 })),
});

export const dataTable: Rule = object({
  type: typeField,
  block_id: optional(string(255)),
  caption: required(string(2000)),
  rows: required(both(list(list(cell, { min: 1, max: 20 }), { min: 2, max: 101 }), sameLength)),
  page_size: optional(number),
  row_header_column_index: optional(number),
});

const point: Rule = object({ label: required(string(20)), value: required(number) });

const everyCategory: Rule = (value, at) => {
  if (!isRecord(value) || !isRecord(value.axis_config) || !Array.isArray(value.axis_config.categories))
    return;
  const { categories } = value.axis_config;
  if (!Array.isArray(value.series)) return;
  value.series.forEach((series, index) => {
    const labels = isRecord(series) && Array.isArray(series.data) ? series.data.map((one) => one?.label) : [];
    const complete = labels.length === categories.length && categories.every((name) => labels.includes(name));
    if (!complete) at.child('series').child(index).report('must have one value for every category');
  });
};

const cartesian: Rule = object(
  {
    type: typeField,
    series: required(
      both(
        list(object({ name: required(string(20)), data: required(list(point, { min: 1, max: 20 })) }), {
          min: 1,
          max: 6,
        }),
        uniqueBy('name'),
      ),
    ),
    axis_config: required(
      object({
        categories: required(list(string(20), { min: 1, max: 20 })),
        x_label: optional(string(50)),
        y_label: optional(string(50)),
      }),
    ),
  },
  everyCategory,
);

const positive: Rule = (value, at) => {
  if (isRecord(value) && typeof value.value === 'number' && value.value <= 0)
    at.report('must be greater than 0');
};

export const dataVisualization: Rule = object({
  type: typeField,
  block_id: optional(string(255)),
  title: required(string(50)),
  chart: required(
    byType({
      line: cartesian,
      bar: cartesian,
      area: cartesian,
      pie: object({
        type: typeField,
        segments: required(list(both(point, positive), { min: 1, max: 6 })),
      }),
    }),
  ),
});
