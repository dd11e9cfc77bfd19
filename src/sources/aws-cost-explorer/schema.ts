/** Answers of Cost Explorer, checked and renamed (docs.aws.amazon.com/aws-cost-management/latest/APIReference). */
import * as z from 'zod';

const Amount = z.object({ Amount: z.string().regex(/^[+-]?[\d.]+(e[+-]?\d+)?$/i), Unit: z.string().min(1) });

export const CostAndUsage = z
  .object({
    ResultsByTime: z.array(
      z.object({
        TimePeriod: z.object({ Start: z.string().min(10), End: z.string() }),
        Groups: z
          .array(z.object({ Keys: z.array(z.string()), Metrics: z.record(z.string(), Amount) }))
          .default([]),
        Total: z.record(z.string(), Amount).default({}),
        Estimated: z.boolean().default(false),
      }),
    ),
    DimensionValueAttributes: z
      .array(
        z.object({ Value: z.string().optional(), Attributes: z.record(z.string(), z.string()).default({}) }),
      )
      .default([]),
    NextPageToken: z.string().optional(),
  })
  .transform((answer) => ({
    periods: answer.ResultsByTime.map(({ TimePeriod, Groups, Total, Estimated }) => ({
      start: TimePeriod.Start,
      groups: Groups.map(({ Keys, Metrics }) => ({ keys: Keys, metrics: Metrics })),
      totals: Total,
      isEstimated: Estimated,
    })),
    names: answer.DimensionValueAttributes.flatMap(({ Value, Attributes }) =>
      Value !== undefined && Attributes.description ? [{ value: Value, name: Attributes.description }] : [],
    ),
    next: answer.NextPageToken || undefined,
  }));
export type CostAndUsage = z.infer<typeof CostAndUsage>;

export const Forecast = z.object({
  Total: Amount,
  ForecastResultsByTime: z
    .array(
      z.object({
        PredictionIntervalLowerBound: z.string().optional(),
        PredictionIntervalUpperBound: z.string().optional(),
      }),
    )
    .default([]),
});

const Text = z.string().optional();
const Anomaly = z.object({
  AnomalyId: z.string().min(1),
  AnomalyStartDate: Text,
  AnomalyEndDate: Text,
  DimensionValue: Text,
  RootCauses: z
    .array(
      z.object({
        Service: Text,
        Region: Text,
        LinkedAccount: Text,
        LinkedAccountName: Text,
        UsageType: Text,
        Impact: z.object({ Contribution: z.number().optional() }).optional(),
      }),
    )
    .default([]),
  AnomalyScore: z.object({ MaxScore: z.number().optional() }).optional(),
  Impact: z.object({ MaxImpact: z.number(), TotalImpact: z.number().optional() }),
});
export type Anomaly = z.infer<typeof Anomaly>;

export const Anomalies = z.object({
  Anomalies: z.array(Anomaly).default([]),
  NextPageToken: z.string().optional(),
});
