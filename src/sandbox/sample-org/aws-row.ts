/** Rows of the AWS bill: FOCUS 1.2 with AWS's own columns. */
import { addMonths, type Day } from '../../core/day.ts';
import { formatCost } from './decimal.ts';
import { accountOf, commonColumns, tokenDetails } from './focus-row.ts';
import { meterOf } from './meters.ts';
import { code, DIGITS, LOWER } from './random.ts';
import type { BillSource } from './sources.ts';
import { tagsOf } from './tags.ts';
import type { Entry, FocusRow, Line } from './types.ts';

const REGIONS: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'eu-west-1': 'EU (Ireland)',
};

const SERVICE_CODES: Readonly<Record<string, string>> = {
  'Amazon SageMaker': 'AmazonSageMaker',
  'Amazon Elastic Compute Cloud': 'AmazonEC2',
  'Amazon Simple Storage Service': 'AmazonS3',
  'Amazon Bedrock': 'AmazonBedrock',
  'AWS Data Transfer': 'AWSDataTransfer',
  'Amazon Elastic Kubernetes Service': 'AmazonEKS',
  AmazonCloudWatch: 'AmazonCloudWatch',
  'Savings Plans for AWS Machine Learning': 'MachineLearningSavingsPlans',
};

const OPERATIONS: Readonly<Record<string, string>> = {
  'training-job': 'RunInstance',
  endpoint: 'RunInstance',
  instance: 'RunInstances',
  bucket: 'StandardStorage',
  nat: 'NatGateway',
};

/** ARN or id of a resource as AWS writes it; also what the allocation rules of the config match. */
export function awsResourceId(source: BillSource, line: Line, resource: string): string {
  const kind = meterOf(line.use.meter).resource;
  const region = line.use.region ?? source.region;
  const scope = `${region}:${accountOf(source, line).id}`;
  switch (kind) {
    case 'training-job':
    case 'processing-job':
    case 'endpoint':
      return `arn:aws:sagemaker:${scope}:${kind}/${resource}`;
    case 'notebook':
      return `arn:aws:sagemaker:${scope}:notebook-instance/${resource}`;
    case 'instance':
      return `i-0${code(resource, 16)}`;
    case 'volume':
      return `vol-0${code(resource, 16)}`;
    case 'nat':
      return `arn:aws:ec2:${scope}:natgateway/nat-0${code(resource, 16)}`;
    case 'bucket':
      return resource;
    case 'inference-profile':
      return `arn:aws:bedrock:${scope}:application-inference-profile/${code(resource, 12, LOWER)}`;
    case 'cluster':
      return `arn:aws:eks:${scope}:cluster/${resource}`;
    case 'log-group':
      return `arn:aws:logs:${scope}:log-group:${resource}`;
    case 'savings-plan':
      return savingsPlanId(source);
    default:
      return '';
  }
}

export function awsRow(source: BillSource, entry: Entry, today: Day): [FocusRow, FocusRow] {
  const { line, commitment } = entry;
  const meter = meterOf(line.use.meter);
  const regional = entry.quantity !== undefined && meter.resource !== 'savings-plan';
  const region = regional ? (line.use.region ?? source.region) : undefined;
  const plan = commitment ? savingsPlanId(source) : undefined;
  const tags = tagsOf('aws', line, entry.start);
  const details = tokenDetails(line);
  const closed = addMonths(entry.period, 1) <= today;
  const account = accountOf(source, line);
  const own: FocusRow = {
    AvailabilityZone: meter.resource === 'instance' && regional ? `${region}b` : undefined,
    BillingAccountType: source.billingAccountType,
    CommitmentDiscountCategory: plan && 'Spend',
    CommitmentDiscountId: plan,
    CommitmentDiscountName: plan && 'SageMaker Savings Plan',
    CommitmentDiscountQuantity:
      plan && formatCost(commitment === 'Purchase' ? entry.billed : entry.effective),
    CommitmentDiscountStatus: commitment === 'Purchase' ? undefined : commitment,
    CommitmentDiscountType: plan && 'SageMaker Savings Plans',
    CommitmentDiscountUnit: plan && 'USD',
    InvoiceId: closed ? `EUINDE${entry.period.slice(2, 4)}-${code(entry.period, 6, DIGITS)}` : undefined,
    RegionId: region,
    RegionName: region && REGIONS[region],
    ResourceId: awsResourceId(source, line, entry.resource) || undefined,
    ResourceType: meter.resource === 'none' ? undefined : meter.resource,
    ServiceSubcategory: meter.subcategory,
    SkuMeter: entry.quantity === undefined ? undefined : meter.item,
    SkuPriceDetails: details,
    SubAccountType: account.name ? source.accountType : undefined,
    Tags: Object.keys(tags).length > 0 ? JSON.stringify(tags) : undefined,
    x_Discounts: '{}',
    x_Operation: OPERATIONS[meter.resource],
    x_ServiceCode: SERVICE_CODES[meter.service] ?? meter.service,
  };
  return [commonColumns(source, entry), own];
}

function savingsPlanId(source: BillSource): string {
  return `arn:aws:savingsplans::${source.billingAccountId}:savingsplan/${uuid('SageMaker Savings Plan')}`;
}

function uuid(text: string): string {
  const hex = code(text, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
