import { describe, expect, test } from 'vitest';
import { redact, secretKind } from '../../src/core/secret.ts';

const FORTY = 'a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6g7H8i9J0';

describe('secrets of clouds and vendors', () => {
  test.each([
    ['sk-admin-abcdef123456', 'sk-…'],
    ['sk-ant-admin01-abcdef123456', 'sk-…'],
    ['ASIAABCDEFGHIJKLMNOP', '…'],
    [`DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${FORTY}==`, 'AccountKey=…'],
    [`https://x.blob.core.windows.net/c?sv=2024&sig=${FORTY}%3D`, 'sig=…'],
    [`abc8Q~${FORTY}`, '…'],
    ['-----BEGIN RSA PRIVATE KEY-----', '…'],
  ])('%s is one', (text, shown) => {
    expect(secretKind(text)).toBeDefined();
    expect(redact(text)).toContain(shown);
    expect(redact(text)).not.toContain(FORTY);
    expect(secretKind(redact(text))).toBeUndefined();
  });

  test.each(['sk-learn', 'AKIA', 'task-sig=short', 'the AccountKey= of it', 'design=left', 'BEGIN'])(
    '%s is none',
    (text) => expect(redact(text)).toBe(text),
  );
});
