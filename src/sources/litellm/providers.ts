/** Who stands behind a model: the proxy's short names in the words of other bills. */

const NAMES: Readonly<Record<string, string>> = {
  openai: 'OpenAI',
  text_completion_openai: 'OpenAI',
  anthropic: 'Anthropic',
  azure: 'Microsoft',
  azure_ai: 'Microsoft',
  bedrock: 'AWS',
  bedrock_converse: 'AWS',
  sagemaker: 'AWS',
  sagemaker_chat: 'AWS',
  vertex_ai: 'Google Cloud',
  vertex_ai_beta: 'Google Cloud',
  gemini: 'Google',
  mistral: 'Mistral AI',
  cohere: 'Cohere',
  cohere_chat: 'Cohere',
  groq: 'Groq',
  deepseek: 'DeepSeek',
  xai: 'xAI',
  perplexity: 'Perplexity',
  together_ai: 'Together AI',
  fireworks_ai: 'Fireworks AI',
  openrouter: 'OpenRouter',
  databricks: 'Databricks',
};

/** "OpenAI" for "openai"; names that are not known stay as they are; undefined for none. */
export function providerName(short: string | undefined): string | undefined {
  if (short === undefined || short === '' || short === 'unknown') return undefined;
  return NAMES[short.toLowerCase()] ?? short;
}

/** "openai/gpt-4o" → gpt-4o of openai; only prefixes that are known providers are taken off. */
export function splitModel(model: string): { readonly model: string; readonly provider?: string } {
  const slash = model.indexOf('/');
  const prefix = model.slice(0, Math.max(0, slash)).toLowerCase();
  return prefix in NAMES && slash + 1 < model.length
    ? { model: model.slice(slash + 1), provider: prefix }
    : { model };
}
