/** What AWS's service names stand for: FOCUS categories, and who really provides a model that is sold on Bedrock. */

/** Names as Cost Explorer writes them, by FOCUS ServiceCategory. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  'AI and Machine Learning': [
    ...[
      'Amazon SageMaker',
      'Amazon Bedrock',
      'Amazon Bedrock Service',
      'Amazon Bedrock AgentCore',
      'Amazon Q',
    ],
    ...[
      'Amazon Comprehend',
      'Amazon Rekognition',
      'Amazon Textract',
      'Amazon Transcribe',
      'Amazon Translate',
    ],
    ...['Amazon Polly', 'Amazon Lex', 'Amazon Kendra', 'Amazon Personalize', 'Amazon Augmented AI'],
  ],
  Compute: [
    ...['Amazon Elastic Compute Cloud - Compute', 'AWS Lambda', 'AWS Batch', 'Amazon Lightsail'],
    ...[
      'Amazon Elastic Container Service',
      'Amazon Elastic Container Service for Kubernetes',
      'AWS App Runner',
    ],
    ...['EC2 - Other', 'AWS Step Functions', 'Amazon EC2 Container Registry (ECR)'],
  ],
  Storage: [
    ...['Amazon Simple Storage Service', 'Amazon Elastic File System', 'Amazon FSx', 'Amazon Glacier'],
    ...['AWS Backup', 'AWS Storage Gateway'],
  ],
  Databases: [
    ...['Amazon Relational Database Service', 'Amazon DynamoDB', 'Amazon ElastiCache', 'Amazon DocumentDB'],
    ...['Amazon Neptune', 'Amazon MemoryDB', 'Amazon Keyspaces'],
  ],
  Analytics: [
    ...['Amazon Redshift', 'Amazon Athena', 'AWS Glue', 'Amazon Elastic MapReduce', 'Amazon QuickSight'],
    ...[
      'Amazon Kinesis',
      'Amazon Kinesis Firehose',
      'Amazon OpenSearch Service',
      'Amazon Elasticsearch Service',
    ],
    ...['Amazon Managed Streaming for Apache Kafka', 'AWS Lake Formation'],
  ],
  Networking: [
    ...['Amazon Virtual Private Cloud', 'Amazon Elastic Load Balancing', 'Elastic Load Balancing'],
    ...[
      'Amazon CloudFront',
      'Amazon Route 53',
      'Amazon API Gateway',
      'AWS Direct Connect',
      'AWS Transit Gateway',
    ],
    ...['AWS Data Transfer', 'AWS Global Accelerator'],
  ],
  Integration: [
    ...[
      'Amazon Simple Queue Service',
      'Amazon Simple Notification Service',
      'Amazon EventBridge',
      'CloudWatch Events',
    ],
    ...['Amazon MQ', 'Amazon Managed Workflows for Apache Airflow'],
  ],
  'Management and Governance': [
    ...['AmazonCloudWatch', 'AWS CloudTrail', 'AWS Config', 'AWS Systems Manager', 'AWS CloudFormation'],
    ...['AWS Cost Explorer', 'AWS Service Catalog', 'AWS Support (Business)', 'AWS Support (Enterprise)'],
    'AWS Support (Developer)',
  ],
  Security: [
    ...['AWS Key Management Service', 'AWS WAF', 'Amazon GuardDuty', 'AWS Security Hub', 'Amazon Inspector'],
    ...['AWS Secrets Manager', 'AWS Shield', 'Amazon Macie', 'AWS Certificate Manager'],
  ],
  Identity: ['Amazon Cognito', 'AWS Directory Service', 'AWS IAM Access Analyzer'],
  'Developer Tools': ['AWS CodeBuild', 'CodeBuild', 'AWS CodePipeline', 'AWS X-Ray', 'AWS Amplify'],
};
const CATEGORY_OF = new Map(
  Object.entries(CATEGORIES).flatMap(([category, names]) => names.map((name) => [name, category] as const)),
);

const AI = 'AI and Machine Learning';
const BEDROCK_EDITION = /\s*\(Amazon Bedrock( Edition)?\)\s*$/i;

/** What names of models (and their providers, who bill by their own name as well) start with. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/^(anthropic|claude)\b/i, 'Anthropic'],
  [/^(ai21|jamba|jurassic)\b/i, 'AI21 Labs'],
  [/^(cohere|command|embed|rerank)\b/i, 'Cohere'],
  [/^(stability ai|stable|sdxl|sd3)\b/i, 'Stability AI'],
  [/^(mistral|mixtral|pixtral|ministral|magistral|voxtral)\b/i, 'Mistral AI'],
  [/^(meta llama|llama)\b/i, 'Meta'],
  [/^(twelvelabs|twelve labs|marengo|pegasus)\b/i, 'TwelveLabs'],
  [/^(luma|ray ?2|ray v2)\b/i, 'Luma AI'],
  [/^(writer|palmyra)\b/i, 'Writer'],
  [/^deepseek\b/i, 'DeepSeek'],
  [/^(qwen|alibaba cloud qwen)/i, 'Qwen'],
  [/^(moonshot|kimi)\b/i, 'Moonshot AI'],
  [/^(minimax)\b/i, 'MiniMax'],
  [/^(nvidia nemotron|nemotron)\b/i, 'NVIDIA'],
  [/^(openai|gpt-oss|gpt)\b/i, 'OpenAI'],
];
/** Provider names that stand alone as a service, without the word Bedrock. */
const ALONE =
  /^(Anthropic|AI21( Labs)?|Cohere|Stability AI|Mistral AI|TwelveLabs|Luma( AI)?|Writer|DeepSeek)([ ,].*)?$/i;

export interface ServiceFacts {
  readonly category: string | undefined;
  /** The provider of a model that is sold on Bedrock through AWS Marketplace. */
  readonly publisher: string | undefined;
}

/** Category by the service's name, and the publisher where AWS only passes the bill on. */
export function serviceFacts(service: string): ServiceFacts {
  const isModel = BEDROCK_EDITION.test(service);
  if (isModel || ALONE.test(service)) {
    const name = service.replace(BEDROCK_EDITION, '').trim();
    return {
      category: AI,
      publisher: PROVIDERS.find(([pattern]) => pattern.test(name))?.[1] ?? (name || undefined),
    };
  }
  return { category: CATEGORY_OF.get(service), publisher: undefined };
}
