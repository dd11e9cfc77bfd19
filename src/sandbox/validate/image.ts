/** Images: a public address or a file that Slack has finished processing. */
import { type Field, httpUrl, isRecord, object, optional, type Rule, required, string } from './rules.ts';
import { plainText, typeField } from './text.ts';

const slackFile: Rule = (value, at) => {
  if (!isRecord(value) || (value.id === undefined) === (value.url === undefined)) {
    return at.report('must provide exactly one of: id, url');
  }
  if (!at.facts.isReadyImage(value)) at.report('invalid slack file');
};

const oneSource: Rule = (value, at) => {
  if (!isRecord(value)) return;
  if ((value.image_url === undefined) === (value.slack_file === undefined)) {
    at.report('must provide exactly one of: image_url, slack_file');
  }
};

const fields: Record<string, Field> = {
  type: typeField,
  image_url: optional(httpUrl),
  slack_file: optional(slackFile),
  alt_text: required(string(2000)),
};

export const imageElement: Rule = object(fields, oneSource);
export const imageBlock: Rule = object(
  { ...fields, title: optional(plainText(2000)), block_id: optional(string(255)) },
  oneSource,
);
