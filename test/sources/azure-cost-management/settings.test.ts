/** What may be configured, and what that asks to be granted. */
import { describe, expect, it } from 'vitest';
import { azureCostManagement } from '../../../src/sources/azure-cost-management/index.ts';
import { parseScope, queryUrl } from '../../../src/sources/azure-cost-management/scope.ts';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const BILLING = '/providers/Microsoft.Billing/billingAccounts/1234:5678_2019-05-31';
const parse = (written: object) => azureCostManagement.settings.safeParse(written);

describe('scopes', () => {
  it.each([
    [SUBSCRIPTION, '00000000-0000-0000-0000-000000000001'],
    [`${SUBSCRIPTION}/`, '00000000-0000-0000-0000-000000000001'],
    [`${SUBSCRIPTION}/resourceGroups/rg-größe_1`, '00000000-0000-0000-0000-000000000001'],
    ['/providers/Microsoft.Management/managementGroups/contoso', 'contoso'],
    [BILLING, '1234:5678_2019-05-31'],
    [`${BILLING}/billingProfiles/ABCD-EFGH-IJK-LMN`, '1234:5678_2019-05-31'],
    [`${BILLING}/billingProfiles/ABCD/invoiceSections/XYZ`, '1234:5678_2019-05-31'],
  ])('%s is one', (path, account) => {
    expect(parse({ scopes: path }).success).toBe(true);
    expect(parseScope(path)?.account).toBe(account);
  });

  it.each([
    '',
    'production',
    '/subscriptions/production',
    `${SUBSCRIPTION}/../00000000-0000-0000-0000-000000000002`,
    `${SUBSCRIPTION}/resourceGroups/..`,
    `${SUBSCRIPTION}/resourceGroups/a%2e%2e`,
    `${SUBSCRIPTION}?api-version=1`,
    `${SUBSCRIPTION}#x`,
    'https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000001',
    `${SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachines/x`,
  ])('"%s" is none', (path) => {
    expect(parse({ scopes: [path] }).success).toBe(false);
  });

  it('lie beside one another', () => {
    const inner = `${SUBSCRIPTION}/resourceGroups/a`;
    expect(parse({ scopes: [SUBSCRIPTION, inner] }).error?.issues[0]?.message).toContain('counted twice');
    expect(parse({ scopes: [SUBSCRIPTION, SUBSCRIPTION.toUpperCase()] }).success).toBe(false);
    expect(parse({ scopes: [inner, `${inner}b`] }).success).toBe(true);
  });

  it('stay what they are in an address', () => {
    const scope = parseScope(BILLING);
    expect(scope && queryUrl('https://management.azure.com', scope, '2025-03-01').href).toBe(
      `https://management.azure.com${BILLING}/providers/Microsoft.CostManagement/query?api-version=2025-03-01`,
    );
  });
});

describe('other settings', () => {
  it.each([
    { baseUrl: 'http://management.example' },
    { baseUrl: 'https://user@management.example' },
    { apiVersion: 'latest' },
    { clientType: 'a\r\nb' },
    { dimensions: ['Colour'] },
    { tags: ['team', 'Team'] },
    { groupings: '1' },
    { amortized: 'maybe' },
    { secret: 'abc' },
  ])('%j is refused', (more) => {
    expect(parse({ scopes: [SUBSCRIPTION], ...more }).success).toBe(false);
  });

  it('have defaults', () => {
    expect(parse({ scopes: [SUBSCRIPTION] }).data).toMatchObject({
      tags: [],
      dimensions: ['SubscriptionId', 'ChargeType'],
      groupings: 2,
      amortized: true,
      apiVersion: '2025-03-01',
      clientType: 'Pennywatch',
    });
  });
});

describe('permissions', () => {
  const text = (written?: object) =>
    JSON.stringify(azureCostManagement.permissions(written && parse(written).data).documents);

  it('are a role on every scope, billing scopes in their own way', () => {
    const both = text({ scopes: [SUBSCRIPTION, `${BILLING}/billingProfiles/P`] });
    expect(both).toContain(`--role \\"Cost Management Reader\\" --scope \\"${SUBSCRIPTION}\\"`);
    expect(both).toContain(`Billing profile reader\\" on ${BILLING}/billingProfiles/P`);
    expect(both).toContain('Microsoft.CostManagement/query/action');
    expect(both).not.toMatch(/write|\*\//);
  });

  it('have placeholders without settings', () => {
    expect(text()).toContain('/subscriptions/<subscription id>');
  });
});
