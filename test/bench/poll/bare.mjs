// The baseline of a poll: AWS's own client sends the same requests one after the other and throws the answers away.
// Usage: node bare.mjs REQUESTS_JSON ; the endpoint and the credentials are in the environment.
import { readFileSync } from 'node:fs';
import {
  CostExplorerClient,
  GetAnomaliesCommand,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  GetDimensionValuesCommand,
  GetTagsCommand,
} from '@aws-sdk/client-cost-explorer';

const COMMANDS = {
  GetAnomalies: GetAnomaliesCommand,
  GetCostAndUsage: GetCostAndUsageCommand,
  GetCostForecast: GetCostForecastCommand,
  GetDimensionValues: GetDimensionValuesCommand,
  GetTags: GetTagsCommand,
};
const client = new CostExplorerClient({ region: 'us-east-1' });
for (const { operation, input } of JSON.parse(readFileSync(process.argv[2], 'utf8')))
  await client.send(new COMMANDS[operation](input));
